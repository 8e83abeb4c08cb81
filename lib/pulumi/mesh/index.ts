export { MeshComponent, MeshComponentOptions } from './component';
export { EventBroker, SubscribeInputs } from './event-broker';
export { Inputs } from './inputs';
export { MeshPolicy } from './mesh-policy';
export { ObservabilityStack } from './observability-stack';
export { useProfile } from './program';
export { ServerlessService } from './serverless-service';
