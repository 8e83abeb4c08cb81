import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { binaries } from './binaries';
import { Cluster, startCluster } from './cluster';
import { installCrds } from './crds';
import { readDocuments } from './documents';
import { checkExample } from './examples';
import { checkLifecycle } from './lifecycle';
import { checkStacks } from './pulumi';
import { checkRefusals } from './refusals';
import { Report } from './report';
import { Supervised } from './supervised';
import { checkVerdicts } from './verdicts';
import { delay } from './waiting';

const ROOT = resolve(__dirname, '../..');
const CRDS = resolve(process.env.CRD_DIR || join(ROOT, '../shared/crds'));
const SYNTHESIS_MINUTES = 10;

async function main(wanted: readonly string[]): Promise<number> {
  if (!existsSync(CRDS)) return withoutCrds();

  const report = new Report();
  const examples = await synthesizedExamples(report, wanted);
  let cluster: Cluster | undefined;
  try {
    cluster = await startedCluster(report);
    if (cluster && await checkCrds(cluster, report)) {
      await checkRefusals(cluster, report);
      await checkVerdicts(cluster, report);
      for (const [name, folder] of examples) await reportExample(cluster, name, folder, report);
      if (await report.check('the library is compiled for stack programs', compiled)) await checkStacks(cluster, join(ROOT, 'examples'), examples.map(([name]) => name), report);
    }
  } catch (error) {
    report.verdict('the cluster suite runs to its end', [(error as Error).stack ?? String(error)]);
  }
  if (cluster) {
    await report.check('the cluster is left as it was found', () => cluster.stop().then(() => []));
    if (!cluster.foreign) await checkLifecycle(await binaries(text => report.note(text)), report);
  }
  report.close();
  return report.exitCode;
}

function withoutCrds(): number {
  const required = process.env.CI_REQUIRE_CLUSTER === '1';
  console.log(`${required ? 'FAIL' : 'skipped:'} the folder of CRDs ${CRDS} does not exist, and without CRDs no example can be applied; set CRD_DIR`);
  console.log(required ? '0 passed, 1 failed' : '0 passed, 0 failed, 1 skipped');
  return required ? 1 : 0;
}

async function startedCluster(report: Report): Promise<Cluster | undefined> {
  const tell = (text: string) => report.note(text);
  let cluster: Cluster | undefined;
  await report.check('an API server is ready', async () => {
    // Built before the clock starts, so that the figure told is the start alone.
    if (!process.env.KUBECONFIG) await binaries(tell);
    const began = Date.now();
    cluster = await startCluster({ tell });
    endOnSignal(cluster, report);
    report.note(`Kubernetes ${await cluster.version()} after ${seconds(began)} s`);
    return [];
  });
  return cluster;
}

async function checkCrds(cluster: Cluster, report: Report): Promise<boolean> {
  return report.check('every CRD is established and served', async () => {
    const began = Date.now();
    const { created, found } = await installCrds(cluster, CRDS);
    report.note(`${created.length} CRDs created, ${found.length} were there, ${seconds(began)} s`);
    return [];
  });
}

async function reportExample(cluster: Cluster, name: string, folder: string, report: Report): Promise<void> {
  let documents: ReturnType<typeof readDocuments> = [];
  const readable = await report.check(`example ${name}: has documents`, async () => {
    documents = existsSync(folder) ? readDocuments(folder) : [];
    return documents.length > 0 ? [] : [`${folder} holds no YAML document`];
  });
  if (!readable) return;
  const { madeNamespaces, refused, changed, left } = await checkExample(cluster, documents);
  if (madeNamespaces.length > 0) report.note(`example ${name}: namespaces made for it: ${madeNamespaces.join(', ')}`);
  report.verdict(`example ${name}: ${documents.length} documents are accepted without a warning`, refused);
  report.verdict(`example ${name}: a second apply changes nothing`, changed);
  report.verdict(`example ${name}: everything can be taken away again`, left);
}

/** The examples' names and the folders of their YAML. */
async function synthesizedExamples(report: Report, wanted: readonly string[]): Promise<[string, string][]> {
  const given = process.env.CLUSTER_EXAMPLES;
  const sources = resolve(given || join(ROOT, 'examples'));
  const names = existsSync(sources)
    ? readdirSync(sources).filter(name => given || existsSync(join(sources, name, 'main.ts'))).sort()
    : [];
  const known = await report.check('there are examples', async () => [
    ...names.length > 0 ? [] : [`${sources} has none`],
    ...wanted.filter(name => !names.includes(name)).map(name => `${sources} has no ${name}`),
  ]);
  if (!known || !given && !await report.check('the examples are synthesized', synthesize)) return [];
  return names
    .filter(name => wanted.length === 0 || wanted.includes(name))
    .map(name => [name, given ? join(sources, name) : join(ROOT, 'dist/examples', name)]);
}

async function synthesize(): Promise<string[]> {
  const script = new Supervised(process.execPath, ['--import', 'tsx', join(ROOT, 'scripts/examples.ts')], { workingDirectory: ROOT });
  const outcome = await Promise.race([script.exited, delay(SYNTHESIS_MINUTES * 60_000).then(() => 'late' as const)]);
  await script.stop();
  if (outcome === 0) return [];
  return [`scripts/examples.ts ${outcome === 'late' ? `runs longer than ${SYNTHESIS_MINUTES} minutes` : `ended with exit code ${outcome}`}\n${script.tail()}`];
}

/** Stack programs import the library by its name, as users do, and so get what was compiled. */
async function compiled(): Promise<string[]> {
  if (existsSync(join(ROOT, 'build/lib/pulumi/index.js'))) return [];
  const compiler = new Supervised(process.execPath, [join(ROOT, 'node_modules/projen/bin/projen'), 'compile'], { workingDirectory: ROOT });
  const outcome = await Promise.race([compiler.exited, delay(SYNTHESIS_MINUTES * 60_000).then(() => 'late' as const)]);
  await compiler.stop();
  return outcome === 0 ? [] : [`compile ended with ${outcome}\n${compiler.tail()}`];
}

/** Own servers end with this process anyway; a foreign cluster must not keep what we created. */
function endOnSignal(cluster: Cluster, report: Report): void {
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]] as const) {
    process.once(signal, () => {
      report.interrupt();
      console.log(`${signal}: taking away what was created`);
      cluster.stop().catch((error: Error) => console.log(error.message)).finally(() => process.exit(code));
    });
  }
}

function seconds(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(1);
}

main(process.argv.slice(2)).then(code => {
  process.exitCode = code;
}, (error: Error) => {
  console.log(`FAIL ${error.stack}`);
  process.exitCode = 1;
});
