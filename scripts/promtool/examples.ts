import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** The PrometheusRules that the examples are expected to give. */
export function exampleRuleFiles(): { name: string; groups: unknown }[] {
  return readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter(file => /expected.*\.yaml$/.test(file))
    .sort()
    .flatMap(file => parseAllDocuments(readFileSync(join(EXAMPLES, file), 'utf8')).map(document => document.toJS()))
    .filter(document => document?.kind === 'PrometheusRule')
    .map(({ metadata, spec }) => ({ name: `example-${metadata.name}`, groups: spec.groups }));
}
