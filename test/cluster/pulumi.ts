import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Cluster } from './cluster';
import { changedFields, makeMissingNamespaces } from './examples';
import { KubeObject, nameOf } from './objects';
import type { Report } from './report';
import { ProgramRun, runProgram } from '../pulumi/wire/program';

const SECRETS = { paymentToken: 'not-a-real-token' };

/** Runs the stack program of each example with Pulumi's own runner: as a preview, then twice for real. */
export async function checkStacks(cluster: Cluster, examples: string, names: readonly string[], report: Report): Promise<void> {
  for (const name of names.filter(one => existsSync(join(examples, one, 'stack', 'Pulumi.yaml')))) {
    await checkStack(cluster, join(examples, name, 'stack'), name, report);
  }
}

async function checkStack(cluster: Cluster, folder: string, name: string, report: Report): Promise<void> {
  const { name: project } = parse(readFileSync(join(folder, 'Pulumi.yaml'), 'utf8')) as { name: string };
  const program = { folder, project, secrets: SECRETS };
  let expected = 0;
  let namespaces: KubeObject[] = [];
  await report.check(`stack ${name}: a preview registers its objects and changes nothing`, async () => {
    const preview = await runProgram({ ...program, preview: true }, async () => ({}));
    expected = preview.registered.length;
    namespaces = await makeMissingNamespaces(cluster, preview.registered.map(({ object }) => object as KubeObject));
    return [...faultsOf(preview), ...expected > 0 ? [] : ['it registers no object']];
  });
  const applied: KubeObject[] = [];
  try {
    await report.check(`stack ${name}: all ${expected} objects are accepted without a warning`, async () => {
      const wrong: string[] = [];
      const run = await runProgram(program, async ({ object }) => {
        const verdict = await cluster.apply(object);
        wrong.push(...verdict.warnings.map(warning => `${nameOf(object)}: warning: ${warning}`));
        if (!verdict.accepted) throw new Error(`${nameOf(object)}: ${verdict.refusal.message}`);
        applied.push(object);
        return { status: verdict.object.status };
      });
      if (run.registered.length !== expected) wrong.push(`the preview had ${expected} objects, the update ${run.registered.length}`);
      if (run.registered.some(({ secrets }) => secrets.some(path => !path.startsWith('stringData') && !path.startsWith('data')))) {
        wrong.push('a secret is outside of the data of a Secret');
      }
      return [...wrong, ...faultsOf(run)];
    });
    await report.check(`stack ${name}: a second run changes nothing`, async () => {
      const changed: string[] = [];
      const run = await runProgram(program, async ({ object }) => {
        const before = await cluster.get(object);
        const verdict = await cluster.apply(object);
        if (!verdict.accepted) throw new Error(`${nameOf(object)}: ${verdict.refusal.message}`);
        const fields = cluster.foreign ? [] : changedFields(before, verdict.object);
        if (fields.length > 0) changed.push(`${nameOf(object)}: changed ${fields.join(', ')}`);
        return { status: verdict.object.status };
      });
      return [...changed, ...faultsOf(run)];
    });
  } finally {
    await report.check(`stack ${name}: everything can be taken away again`, () => cluster.remove([...namespaces, ...applied]).then(() => []));
  }
}

function faultsOf({ exitCode, errors, output }: ProgramRun): string[] {
  return exitCode === 0 ? [...errors] : [`the program ended with ${exitCode}`, ...errors, output.slice(-2000)];
}
