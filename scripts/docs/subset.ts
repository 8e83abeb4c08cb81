// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** Where `actual` lacks something that `wanted` shows: maps are subsets, lists agree element by element. */
export function differences(wanted: Json, actual: Json, at = ''): string[] {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length) {
      return [`${at}: shown ${JSON.stringify(wanted)}, is ${JSON.stringify(actual)}`];
    }
    return wanted.flatMap((element, index) => differences(element, actual[index], `${at}[${index}]`));
  }
  if (wanted !== null && typeof wanted === 'object') {
    if (actual === null || typeof actual !== 'object') return [`${at}: shown ${JSON.stringify(wanted)}, is ${JSON.stringify(actual)}`];
    return Object.keys(wanted).flatMap(key => differences(wanted[key], actual[key], at ? `${at}.${key}` : key));
  }
  return wanted === actual ? [] : [`${at}: shown ${JSON.stringify(wanted)}, is ${JSON.stringify(actual)}`];
}
