import { isDateTime } from './formats';
import { parseQuantity } from './quantity';
import { Complaint } from './violation';

/** What a field holds. */
export type Kind = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'quantity' | 'time' | 'bytes' | 'int32' | 'int32-or-string' | 'any';

const WORDS: Record<Kind, string> = {
  'object': 'a map of fields',
  'array': 'a list',
  'string': 'text',
  'integer': 'a whole number',
  'int32': 'a whole number',
  'number': 'a number',
  'boolean': 'true or false',
  'int-or-string': 'a whole number or text',
  'int32-or-string': 'a whole number or text',
  'quantity': 'an amount',
  'time': 'a point in time',
  'bytes': 'data in base64',
  'any': 'anything',
};

const MAX_INT32 = 2 ** 31 - 1;
const MAX_INT64 = 2 ** 63;
// as Go's decoder of base64, which skips line ends
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What the API server's decoder or its schema has against the type of a value. */
export function typeComplaint(kind: Kind, value: unknown): Complaint | undefined {
  switch (kind) {
    case 'any': return undefined;
    case 'string': return typeof value === 'string' ? undefined : mismatch(kind, value);
    case 'boolean': return typeof value === 'boolean' ? undefined : mismatch(kind, value);
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : mismatch(kind, value);
    case 'array': return Array.isArray(value) ? undefined : mismatch(kind, value);
    case 'number': return typeof value === 'number' ? undefined : mismatch(kind, value);
    case 'integer': return Number.isInteger(value) && Math.abs(value as number) <= MAX_INT64 ? undefined : mismatch(kind, value);
    case 'int32': return Number.isInteger(value) && Math.abs(value as number) <= MAX_INT32 ? undefined : mismatch(kind, value);
    case 'int-or-string': return typeof value === 'string' || Number.isInteger(value) ? undefined : mismatch(kind, value);
    case 'int32-or-string': return typeof value === 'string' || typeComplaint('int32', value) === undefined ? undefined : mismatch(kind, value);
    case 'quantity': return quantityComplaint(value);
    case 'time': return typeof value !== 'string' ? mismatch(kind, value)
      : isDateTime(value) ? undefined : { reason: 'expected a point in time (RFC 3339)', fix: 'write it like 2026-01-31T12:00:00Z' };
    case 'bytes': return typeof value !== 'string' ? mismatch(kind, value)
      : BASE64.test(value.replace(/[\r\n]/g, '')) ? undefined : { reason: 'expected data in base64', fix: 'encode it with base64, or use stringData in a Secret' };
  }
}

function quantityComplaint(value: unknown): Complaint | undefined {
  if (typeof value === 'number') return undefined;
  if (typeof value !== 'string') return mismatch('quantity', value);
  return parseQuantity(value) ? undefined
    : { reason: 'the text is no amount', fix: 'write a number with at most one suffix of n, u, m, k, M, G, T, P, E or Ki, Mi, Gi, Ti, Pi, Ei, such as 500m or 1Gi' };
}

function mismatch(kind: Kind, value: unknown): Complaint {
  return { reason: `expected ${WORDS[kind]}, found ${described(value)}`, fix: remedy(kind, value) };
}

/** A value in words. */
export function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'object': return 'a map of fields';
    case 'string': return 'text';
    case 'boolean': return 'true or false';
    case 'number': return Number.isInteger(value) ? 'a number' : 'a fraction';
    default: return `a ${typeof value}`;
  }
}

function remedy(kind: Kind, value: unknown): string {
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  switch (kind) {
    case 'string': return scalar ? `put it in quotes: '${String(value)}'` : 'write a text';
    case 'bytes': case 'time': return 'write a text';
    case 'int32': case 'integer': case 'number': {
      if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return `take the quotes away: ${Number(value)}`;
      if (typeof value === 'number' && kind === 'int32' && Number.isInteger(value)) return `write a number of at most ${MAX_INT32}`;
      return kind === 'number' ? 'write a number' : 'write a whole number';
    }
    case 'boolean': {
      const word = typeof value === 'string' ? value.toLowerCase() : '';
      if (['true', 'yes', 'on'].includes(word)) return 'write true, without quotes';
      return ['false', 'no', 'off'].includes(word) ? 'write false, without quotes' : 'write true or false';
    }
    case 'array': return typeof value === 'object' && value !== null ? 'make it a list: begin each entry with "- "' : `make it a list: [${JSON.stringify(value)}]`;
    case 'object': return Array.isArray(value) ? 'write the fields without a "- " before them' : 'write the fields below it, one a line';
    case 'int32-or-string': case 'int-or-string': return 'write a whole number or a text';
    case 'quantity': return 'write an amount such as 500m or 1Gi';
    case 'any': return 'write a value';
  }
}
