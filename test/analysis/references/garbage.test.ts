import { modelOf } from './findings';
import { discover } from '../../../lib/analysis/discovery';
import { Rule, RuleContext } from '../../../lib/analysis/rule';
import * as path from 'path';

const FOLDER = path.join(__dirname, '..', '..', '..', 'lib', 'analysis', 'rules');
const RULES: readonly Rule[] = ['references', 'outdated'].flatMap(room => discover(path.join(FOLDER, room)));
const GARBAGE: readonly unknown[] = [null, 'text', 7, true, [], [null], ['text', 7], {}, { a: null }];

/** Every value of a document, replaced by garbage one after the other. */
function* mutations(value: unknown, replace: (changed: unknown) => unknown): Generator<unknown> {
  for (const garbage of GARBAGE) yield replace(garbage);
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* mutations(entry, changed => replace(value.map((old, at) => at === index ? changed : old)));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) yield* mutations(entry, changed => replace({ ...value, [key]: changed }));
  }
}

describe('manifests may be any garbage', () => {
  test.each(RULES.map(rule => [rule.code, rule] as const))('%s does not mind', (_code, rule) => {
    const model = modelOf(rule.example!.refused);
    for (const object of model.objects) {
      const { apiVersion, kind, ...rest } = object.manifest;
      const documents = [...mutations(rest, changed => changed)].filter(changed => typeof changed === 'object' && changed !== null && !Array.isArray(changed))
        .map(changed => JSON.stringify({ apiVersion, kind, ...changed }));
      const context = new RuleContext(rule, modelOf(documents.join('\n---\n')));
      expect(() => rule.check(context)).not.toThrow();
    }
  });
});
