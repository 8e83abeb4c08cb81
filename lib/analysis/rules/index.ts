import { Rule } from '../rule';
import { duplicateObject } from './duplicate-object';

/** Every rule, in the order of its code. */
export const RULES: readonly Rule[] = [
  duplicateObject,
];
