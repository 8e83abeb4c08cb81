import { ExtensionProvider } from 'cdk8s-serverless-mesh';

export const TRACES = ExtensionProvider.openTelemetry('otel', { service: 'otel-collector.monitoring.svc.cluster.local', port: 4317 });
export const AUTHORIZER = ExtensionProvider.grpcAuthorizer('opa', { service: 'opa.policy.svc.cluster.local', port: 9191 });
