import { createHash } from 'crypto';

const LONGEST = 40;

/** What belongs to a branch. */
export interface Environment {
  readonly stack: string;
  readonly namespace: string;
}

/** Names that say which branch they belong to, and that two branches never share. */
export function environmentOf(branch: string): Environment {
  const readable = branch.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, LONGEST).replace(/-+$/, '') || 'branch';
  const name = `${readable}-${createHash('sha256').update(branch).digest('hex').slice(0, 6)}`;
  return { stack: name, namespace: `shop-${name}` };
}
