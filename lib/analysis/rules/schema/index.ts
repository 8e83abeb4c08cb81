import { celRule } from './cel-rule';
import { duplicateEntry } from './duplicate-entry';
import { excludedCombination } from './excluded-combination';
import { forbiddenValue } from './forbidden-value';
import { invalidName } from './invalid-name';
import { missingField } from './missing-field';
import { unknownField } from './unknown-field';
import { outdatedApiVersion, removedApiVersion, unknownKind } from './version-rules';
import { wrongType } from './wrong-type';
import { Rule } from '../../rule';

/** What the API server refuses, whatever the object is about. */
export const SCHEMA_RULES: readonly Rule[] = [
  wrongType,
  unknownField,
  missingField,
  forbiddenValue,
  celRule,
  removedApiVersion,
  outdatedApiVersion,
  duplicateEntry,
  unknownKind,
  invalidName,
  excludedCombination,
];
