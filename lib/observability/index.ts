export * from './alert-severity';
export { Dashboard, DashboardOptions } from './dashboard/dashboard';
export { ErrorAlertOptions } from './error-alert';
export * from './observability-stack';
