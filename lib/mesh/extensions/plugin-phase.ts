/**
 * Where in the chain of filters a plug-in runs.
 *
 * @see https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/#PluginPhase
 */
export enum PluginPhase {
  /** Before Istio checks tokens. */
  BEFORE_AUTHENTICATION = 'AUTHN',
  /** After tokens are checked and before policies are. */
  BEFORE_AUTHORIZATION = 'AUTHZ',
  /** After policies and before metrics are counted. */
  BEFORE_STATISTICS = 'STATS',
}

/** Which requests a plug-in sees. */
export enum PluginTraffic {
  /** Those that the pods send. */
  CLIENT = 'CLIENT',
  /** Those that they receive. */
  SERVER = 'SERVER',
  /** Both. */
  CLIENT_AND_SERVER = 'CLIENT_AND_SERVER',
}
