import { Manifest } from '../rendering';

/** The text of a key of a Secret, whichever way it is written. */
export function secretText(secret: Manifest, key: string): string | undefined {
  const plain = secret.stringData?.[key];
  if (typeof plain === 'string') return plain;
  const encoded = secret.data?.[key];
  return typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : undefined;
}
