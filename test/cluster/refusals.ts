import type { Cluster } from './cluster';
import { documentsOf } from './documents';
import { checkExample } from './examples';
import type { Report } from './report';

/** Where the documents of these checks live; no example uses it. */
const NAMESPACE = 'cluster-suite-self-check';

interface Case {
  readonly what: string;
  readonly yaml: string;
  /** All of these occur in the server's message. */
  readonly told: readonly RegExp[];
}

const REFUSED: readonly Case[] = [
  {
    what: 'an unknown field of a core kind',
    yaml: deployment('replicaz: 2'),
    told: [/\.spec\.replicaz/],
  },
  {
    what: 'a wrong type in a core kind',
    yaml: deployment('replicas: many'),
    told: [/\.spec\.replicas/],
  },
  {
    what: 'an unknown field of a custom kind',
    yaml: knativeService('containerConcurency: 5'),
    told: [/\.spec\.template\.spec\.containerConcurency/],
  },
  {
    what: 'a wrong type in a custom kind',
    yaml: knativeService('containerConcurrency: few'),
    told: [/\.spec\.template\.spec\.containerConcurrency: expected numeric/],
  },
  {
    what: 'a repeated key',
    yaml: knativeService('containerConcurrency: 5\n      containerConcurrency: 6'),
    told: [/"containerConcurrency" already set in map/],
  },
  {
    what: 'a broken CEL rule',
    yaml: peerAuthentication(NAMESPACE, 'portLevelMtls: {8080: {mode: STRICT}}'),
    told: [/portLevelMtls requires selector/],
  },
  {
    what: 'a namespace that does not exist',
    yaml: peerAuthentication('nowhere-to-be-found', 'mtls: {mode: STRICT}'),
    told: [/namespaces "nowhere-to-be-found" not found/],
  },
  {
    what: 'a kind without CRD',
    yaml: `apiVersion: example.invalid/v1\nkind: Nothing\nmetadata: {name: self-check, namespace: ${NAMESPACE}}`,
    told: [/serves no kind Nothing in example\.invalid\/v1/],
  },
];

/** The suite can fail: the server refuses what it must, and the check of an example reports it. */
export async function checkRefusals(cluster: Cluster, report: Report): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  if (!await cluster.create(namespace)) throw new Error(`the namespace ${NAMESPACE} is in the cluster already`);
  for (const { what, yaml, told } of REFUSED) {
    await report.check(`self-check: refuses ${what}`, async () => {
      const [{ object }] = documentsOf('self-check.yaml', yaml);
      const verdict = await cluster.apply(object, { yaml });
      if (verdict.accepted) return ['the server accepts it'];
      return told.filter(text => !text.test(verdict.refusal.message)).map(text => `${text} is not in: ${verdict.refusal.message}`);
    });
  }
  await report.check('self-check: a dry run judges and stores nothing', async () => {
    const [{ object }] = documentsOf('self-check.yaml', knativeService('containerConcurrency: 5'));
    const verdict = await cluster.apply(object, { dryRun: true });
    const stored = await cluster.get(object);
    return [...verdict.accepted ? [] : [verdict.refusal.message], ...stored ? ['the object is in the cluster'] : []];
  });
  await report.check('self-check: a namespace is gone with its objects and can be made again', async () => {
    await cluster.remove([namespace]);
    if (!await cluster.create(namespace)) return ['it is still there'];
    await cluster.remove([namespace]);
    return [];
  });
  await checkReports(cluster, report);
}

async function checkReports(cluster: Cluster, report: Report): Promise<void> {
  await report.check('self-check: an example with a refused document names file, object and field', async () => {
    const { refused, left } = await checkExample(cluster, documentsOf('bad.yaml', knativeService('containerConcurency: 5')));
    const complete = refused.length === 1
      && /bad\.yaml: serving\.knative\.dev\/v1 Service cluster-suite-self-check\/self-check: .*containerConcurency/.test(refused[0]);
    return complete ? left : [`it reports ${JSON.stringify(refused)}`];
  });
  await report.check('self-check: an example with a warning fails', async () => {
    const endpoints = `apiVersion: v1\nkind: Endpoints\nmetadata: {name: self-check, namespace: ${NAMESPACE}}`;
    const { refused, left } = await checkExample(cluster, documentsOf('warned.yaml', endpoints));
    const complete = refused.length === 1 && /warned\.yaml: v1 Endpoints .*: warning: .*deprecated/.test(refused[0]);
    return complete ? left : [`it reports ${JSON.stringify(refused)}`];
  });
  await report.check('self-check: an example that does not settle names the changed field', async () => {
    const twice = [5, 6].map(limit => knativeService(`containerConcurrency: ${limit}`)).join('\n---\n');
    const { changed, left } = await checkExample(cluster, documentsOf('unsettled.yaml', twice));
    const told = cluster.foreign ? '.metadata.generation from' : '.spec.template.spec.containerConcurrency from 6 to 5';
    const complete = changed.length === 2 && changed[0].includes(told);
    return complete ? left : [`it reports ${JSON.stringify(changed)}`];
  });
  if (cluster.foreign) return;
  await report.check('self-check: an object whose finalizer nobody serves is taken away', async () => {
    const map = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: self-check, namespace: ${NAMESPACE}, finalizers: [example.invalid/held]}`;
    const documents = documentsOf('held.yaml', map);
    const { refused, left } = await checkExample(cluster, documents);
    return [...refused, ...left, ...await cluster.get(documents[0].object) ? ['it is still there'] : []];
  });
}

function deployment(field: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: self-check, namespace: ${NAMESPACE}}
spec:
  ${field}
  selector: {matchLabels: {app: self-check}}
  template:
    metadata: {labels: {app: self-check}}
    spec: {containers: [{name: app, image: example.invalid/app:1}]}
`;
}

function knativeService(field: string): string {
  return `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: self-check, namespace: ${NAMESPACE}}
spec:
  template:
    spec:
      ${field}
      containers: [{image: example.invalid/app:1}]
`;
}

function peerAuthentication(namespace: string, field: string): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: self-check, namespace: ${namespace}}
spec:
  ${field}
`;
}
