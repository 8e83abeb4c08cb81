import './external/registration';
import './registration';

export * from './access-policy';
export * from './mesh-policy';
export * from './mtls-mode';
