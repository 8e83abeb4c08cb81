export * from './autoscaling';
export { ContainerSecurity } from './container-security';
export * from './health-check';
export * from './serverless-service';
export * from './service-port';
export * from './service-visibility';
export * from './workload';
