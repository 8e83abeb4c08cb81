export * from './configuration';
export * from './fields';
export * from './labels';
export * from './mesh-membership';
export * from './multi-map';
export * from './services';
export * from './workload';
export * from './workloads';
