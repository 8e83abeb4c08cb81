export { exportedTo, KnownHost } from './entries';
export * from './existing';
export * from './host-name';
export * from './registry';
