export * from './egress-scope';
export { exportedTo, KnownHost } from './entries';
export * from './existing';
export * from './host-name';
export * from './mesh-config';
export * from './registry';
