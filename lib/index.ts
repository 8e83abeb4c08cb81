export * from './core';
export * from './platform';
export * from './serverless';
export * from './mesh';
export * from './eventing';
export * from './observability';
export * from './analysis';
