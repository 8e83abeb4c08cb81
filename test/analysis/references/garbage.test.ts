import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { modelOf } from './findings';
import { discover } from '../../../lib/analysis/discovery';
import { ManifestModel } from '../../../lib/analysis/model';
import { Rule, RuleContext } from '../../../lib/analysis/rule';
import { Manifest } from '../../../lib/core/rendering';

const FOLDER = path.join(__dirname, '..', '..', '..', 'lib', 'analysis', 'rules');
const RULES: readonly Rule[] = ['references', 'outdated'].flatMap(room => discover(path.join(FOLDER, room)));
const GARBAGE: readonly unknown[] = [null, 7, 'text', [null], { a: null }];

/** An object that is exactly what it was given. */
class Verbatim extends ApiObject {
  constructor(scope: Construct, id: string, private readonly manifest: Manifest) {
    super(scope, id, { apiVersion: manifest.apiVersion, kind: manifest.kind });
  }

  public toJson(): Manifest {
    return this.manifest;
  }
}

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
    const chart = new Chart(new App(), 'garbage');
    let count = 0;
    for (const { manifest: { apiVersion, kind, ...rest } } of modelOf(rule.example!.refused).objects) {
      for (const changed of mutations(rest, garbage => garbage)) {
        if (typeof changed !== 'object' || changed === null || Array.isArray(changed)) continue;
        new Verbatim(chart, String(count++), { ...changed, apiVersion, kind } as Manifest);
      }
    }
    const context = new RuleContext(rule, ManifestModel.of(chart.node.root));
    expect(() => rule.check(context)).not.toThrow();
  });
});
