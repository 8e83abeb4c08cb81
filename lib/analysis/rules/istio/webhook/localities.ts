/** Why places overlap or are written wrong; nothing where they do not (validateLocalities in istio pkg/config/validation/agent/validation.go). */
export function localityFault(localities: readonly string[]): { readonly locality: string; readonly reason: string } | undefined {
  const seen: string[][] = [];
  for (const locality of localities) {
    const stars = locality.split('*').length - 1;
    if (stars > 1 || stars === 1 && !locality.endsWith('*')) return { locality, reason: 'one asterisk may stand at the end' };
    if (seen.some(parts => parts[0] === '*')) return { locality, reason: 'it overlaps with one before' };
    const parts = split(locality);
    if (parts.includes('')) return { locality, reason: 'its region, zone or subzone is empty' };
    if (seen.some(other => overlap(other, parts))) return { locality, reason: 'it overlaps with one before' };
    seen.push(parts);
  }
  return undefined;
}

function split(locality: string): string[] {
  const [region, zone, ...rest] = locality.split('/');
  return [region, ...zone === undefined ? [] : [zone], ...rest.length === 0 ? [] : [rest.join('/')]];
}

/** A region includes its zones, a zone its subzones; an asterisk stands for all there are. */
function overlap(a: readonly string[], b: readonly string[]): boolean {
  for (let level = 0; level < Math.max(a.length, b.length); level++) {
    if (a[level] === undefined || b[level] === undefined) return true;
    if (level > 0 && a[level] === '*') return true;
    if (a[level] !== b[level]) return false;
  }
  return true;
}
