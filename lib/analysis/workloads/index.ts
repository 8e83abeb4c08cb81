export * from './fields';
export * from './labels';
export * from './services';
export * from './workload';
export * from './workloads';
