import * as path from 'path';
import { discover } from '../../lib/analysis/discovery';
import { Rule } from '../../lib/analysis/rule';

/** The rules of one room, in the order of their codes. */
export function rulesOf(room: string): readonly Rule[] {
  return discover(path.join(__dirname, '..', '..', 'lib', 'analysis', 'rules', room));
}
