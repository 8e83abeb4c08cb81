import type * as Yaml from 'yaml';

let library: typeof Yaml | undefined;

/** The YAML library, loaded when the first text is read: most apps read none. */
export function yaml(): typeof Yaml {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  library ??= require('yaml') as typeof Yaml;
  return library;
}
