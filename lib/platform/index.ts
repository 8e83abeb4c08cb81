export * from './mesh-namespace';
export * from './pod-security-level';
