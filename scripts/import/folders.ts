import * as path from 'path';

export const ROOT = path.resolve(__dirname, '..', '..');
export const CRD_DIR = path.join(ROOT, '..', 'shared', 'crds');
export const CORE_SCHEMAS = path.join(ROOT, '..', 'shared', 'schemas', 'kubernetes-1.34.json');
