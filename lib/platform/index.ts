export * from './cluster-spiffe-id';
export * from './inbound-policy';
export * from './mesh-control-plane';
export * from './mesh-namespace';
export * from './pod-security-level';
export * from './serverless-platform';
