import { duplicateObject } from './duplicate-object';
import { EVENTING_RULES } from './eventing';
import { MESH_RULES } from './mesh';
import { OBSERVABILITY_RULES } from './observability';
import { PLATFORM_RULES } from './platform';
import { SERVERLESS_RULES } from './serverless';
import { Rule } from '../rule';

/** Every rule. */
export const RULES: readonly Rule[] = [
  duplicateObject,
  ...SERVERLESS_RULES,
  ...MESH_RULES,
  ...EVENTING_RULES,
  ...OBSERVABILITY_RULES,
  ...PLATFORM_RULES,
];
