import './packages';

export { clusterFromConfig } from './cluster';
export { Components } from './components';
export { deploy, DeployOptions, TransformContext } from './deploy';
export * as mesh from './mesh';
export { pulumiSettings, ResourceSettings } from './options';
export { PolicyResourceLike, StackLike, StackPolicy, stackPolicy, StackPolicyOptions } from './policy';
export { PulumiApp } from './pulumi-app';
export { DeployedStack, KubernetesResource } from './stack';
export { fromPulumi, map } from './tokens/from-pulumi';
