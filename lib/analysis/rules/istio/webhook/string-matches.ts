import { regularExpressionFault } from './regular-expressions';
import { Finding } from '../../../rule';
import { fieldsOf } from '../../../workloads';

/** What is wrong with the regular expression of a match (exact, prefix or regex). */
export function inRegularExpression(match: unknown, field: string): Finding[] {
  const { regex } = fieldsOf(match);
  if (typeof regex !== 'string') return [];
  const fault = regex === '' ? 'an empty regular expression matches nothing that is meant' : regularExpressionFault(regex);
  return fault === undefined ? [] : [{ field: `${field}.regex`, value: regex, reason: fault, fix: 'write a regular expression of RE2, or exact or prefix' }];
}

/** The same for a match whose prefix cannot be empty. */
export function inStringMatch(match: unknown, field: string): Finding[] {
  if (fieldsOf(match).prefix !== '') return inRegularExpression(match, field);
  return [{ field: `${field}.prefix`, value: '', reason: 'everything begins with nothing, so it would match anything', fix: 'write what it begins with; or leave the condition out' }];
}
