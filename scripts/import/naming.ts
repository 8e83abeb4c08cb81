/**
 * The TypeScript name of a field: camel case, acronyms as words. It is what cdk8s gives, but for the names that cdk8s breaks:
 * digits (`consecutive5XxErrors`), plural acronyms (`certificateAuthorityArNs`), a single leading letter (`uRi`).
 */
export function fieldName(key: string): string {
  if (/^[a-z][A-Z]+$/.test(key)) return key.toLowerCase();
  const words = key.match(/[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[0-9]+/g) ?? [];
  return words.map((word, index) => (index === 0 ? word.toLowerCase() : word[0].toUpperCase() + word.slice(1).toLowerCase())).join('');
}

/** The names of all the fields of one object; of two fields with one name, that which is spelled otherwise gets an underscore. */
export function fieldNames(keys: readonly string[]): Map<string, string> {
  const taken = new Set(keys.filter(key => fieldName(key) === key));
  const names = new Map<string, string>();
  for (const key of keys) {
    let name = fieldName(key);
    while (name !== key && taken.has(name)) name += '_';
    taken.add(name);
    names.set(key, name);
  }
  return names;
}
