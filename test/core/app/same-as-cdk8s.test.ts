import * as fs from 'fs';
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { build, Plan, randomPlan } from './random-app';
import { inFolder, writtenFiles } from './written-files';
import { MeshApp } from '../../../lib/core';
import { orderedObjects } from '../../../lib/core/app/ordering';

const SEEDS = 540;
type Outcome = Record<string, string> | (Error & { readonly wrote: boolean });

function outcome(plan: Plan, yamlOutputType: YamlOutputType, kind: typeof App | typeof MeshApp): Outcome {
  return inFolder(outdir => {
    const app = new kind({ outdir: `${outdir}/out`, yamlOutputType, recordConstructMetadata: true, outputFileExtension: '.yaml' });
    build(plan, app);
    try {
      app.synth();
    } catch (e) {
      return Object.assign(e as Error, { wrote: fs.existsSync(app.outdir) });
    }
    return writtenFiles(`${outdir}/out`);
  });
}

/** What a dependency stands for, told without any graph. */
function objectsMeant(construct: IConstruct): IConstruct[] {
  return construct.node.findAll().filter(c => ApiObject.isApiObject(c) && Chart.of(c) === Chart.of(construct));
}

const plans = [...Array(SEEDS).keys()].map(seed => ({ seed, plan: randomPlan(seed) }));
const outcomes = plans.map(({ seed, plan }) => ({
  seed,
  plan,
  theirs: outcome(plan, YamlOutputType.FILE_PER_CHART, App),
  ours: outcome(plan, YamlOutputType.FILE_PER_CHART, MeshApp),
}));
const orderly = outcomes.filter(({ theirs }) => !(theirs instanceof Error));
const refused = outcomes.filter(({ theirs }) => theirs instanceof Error);

describe('random apps', () => {
  test('that cdk8s can write are more than 300, and those that it cannot more than 100', () => {
    expect(orderly.length).toBeGreaterThan(300);
    expect(refused.length).toBeGreaterThan(100);
  });

  test('are refused exactly where cdk8s fails, and then nothing is written', () => {
    for (const { seed, theirs, ours } of refused) {
      const reason = /cannot find a parent chart/.test((theirs as Error).message) ? /\bSM000[38]\b/ : /\bSM0003\b/;
      const { wrote } = ours as { wrote: unknown };
      expect({ seed, ours: String(ours), wrote }).toEqual({ seed, ours: expect.stringMatching(reason), wrote: false });
    }
  });

  test('write byte for byte what cdk8s writes with a file per chart', () => {
    for (const { seed, theirs, ours } of orderly) {
      if (ours instanceof Error) throw new Error(`seed ${seed}: ${ours.message}`);
      expect({ seed, files: ours }).toEqual({ seed, files: theirs });
    }
  });

  test.each([
    YamlOutputType.FILE_PER_APP,
    YamlOutputType.FILE_PER_RESOURCE,
    YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
  ])('write byte for byte what cdk8s writes with output type %i', type => {
    for (const { seed, plan } of orderly) {
      expect({ seed, files: outcome(plan, type, MeshApp) }).toEqual({ seed, files: outcome(plan, type, App) });
    }
  });

  test('have every object behind all that it depends on, and what was declared is as it was', () => {
    for (const { seed, plan } of orderly) {
      const app = new MeshApp();
      const built = build(plan, app);
      const declared = built.map(construct => construct.node.dependencies);
      const position = new Map(orderedObjects(app).map((object, i) => [object as IConstruct, i]));
      expect(position.size).toBe(plan.constructs.filter(({ kind }) => kind === 'object').length);
      for (const [source, target] of plan.dependencies) {
        for (const after of objectsMeant(built[source])) {
          for (const before of objectsMeant(built[target])) {
            if (after !== before && position.get(after)! <= position.get(before)!) {
              throw new Error(`seed ${seed}: ${after.node.path} comes before ${before.node.path}`);
            }
          }
        }
      }
      expect(built.map(construct => construct.node.dependencies)).toEqual(declared);
    }
  });

  test('give one YAML text as cdk8s does', () => {
    for (const { seed, plan } of orderly) {
      const [theirs, ours] = [new App(), new MeshApp()].map(app => {
        build(plan, app);
        return app.synthYaml();
      });
      expect({ seed, yaml: ours }).toEqual({ seed, yaml: theirs });
    }
  });
});
