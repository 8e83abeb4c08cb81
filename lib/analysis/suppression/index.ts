export { IGNORE } from './annotation';
export { applyConfig, Config, CONFIG_FILE, ConfigFile, ConfigSuppression, readConfig } from './config';
export { Suppressions } from './suppressions';
