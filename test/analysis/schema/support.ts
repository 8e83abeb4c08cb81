import { ManifestModel } from '../../../lib/analysis/model';
import { modelOfFiles } from '../../../lib/analysis/reading';
import { kindOf } from '../../../lib/analysis/schema/crd-kinds';
import { violationsOf } from '../../../lib/analysis/schema/judge';
import { Schema } from '../../../lib/analysis/schema/structural';
import { verdicts } from '../../../lib/analysis/schema/verdict';
import { Violation } from '../../../lib/analysis/schema/violation';

/** What a schema of a custom kind has against a value of `spec`: `FAULT FIELD: REASON`. */
export function against(spec: Schema, value: unknown): string[] {
  return complaintsOf(violationsIn({ type: 'object', properties: { spec } }, { spec: value }));
}

/** What the schema of a custom kind has against an object, whose identity need not be given. */
export function violationsIn(schema: Schema, object: Record<string, unknown>, subresources: Record<string, unknown> = {}): readonly Violation[] {
  const crd = { spec: { group: 'example.com', names: { kind: 'Sample' }, versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: schema }, subresources }] } };
  const kind = kindOf(crd, 'the test')!;
  return violationsOf({ apiVersion: 'example.com/v1', kind: 'Sample', metadata: { name: 'sample' }, ...object }, kind, 'v1')!;
}

export function complaintsOf(violations: readonly Violation[]): string[] {
  return violations.map(({ fault, field, reason }) => `${fault} ${field}: ${reason}`);
}

/** What the schemas have against the objects of a YAML text: `KIND FAULT FIELD`. */
export function faultsOf(yaml: string): string[] {
  return verdicts(modelOf(yaml)).flatMap(({ object, version, violations }) => [
    ...version ? [`${object.manifest.kind} ${version.fault}: ${version.reason}; ${version.fix}`] : [],
    ...violations.map(({ fault, field }) => `${object.manifest.kind} ${fault} ${field}`),
  ]);
}

export function modelOf(yaml: string): ManifestModel {
  return ManifestModel.of(modelOfFiles([{ name: 'test.yaml', text: yaml }]));
}
