/** Stable codes of what WasmPlugin and TrafficExtension refuse. */
export const EXTENSION_CODES = {
  pluginWithoutProxy: 'SM1336',
  movingModule: 'SM1337',
  badChecksum: 'SM1338',
  extensionTooNew: 'SM1339',
  scriptTooLong: 'SM1340',
} as const;
