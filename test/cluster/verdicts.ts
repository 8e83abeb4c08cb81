import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from './cluster';
import { Discovery, pathOf } from './discovery';
import { documentsOf } from './documents';
import { KubeObject, nameOf } from './objects';
import type { Report } from './report';
import { Severity } from '../../lib/core/problem';
import { schemaFindings as findings } from '../analysis/schema/schema-findings';
import { NEAR_MISSES, WRONG_OBJECTS } from '../analysis/schema/wrong-objects';

/** Where the objects would live; nothing is stored, but a namespace has to be there. */
const NAMESPACE = 'verdicts';
const RICH_OBJECTS = join(__dirname, '../analysis/schema/rich-objects.yaml');

interface Judgement {
  readonly accepted: boolean;
  readonly said: string;
}

/** Objects that are wrong on purpose, and some that only look so, get the same verdict from the schema rules and from the server. */
export async function checkVerdicts(cluster: Cluster, report: Report): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  if (!await cluster.create(namespace)) throw new Error(`the namespace ${NAMESPACE} is in the cluster already`);
  const discovery = await Discovery.of(cluster.connection);
  await report.check(`verdicts: the server and the schema rules refuse all ${WRONG_OBJECTS.length} wrong objects`, async () => {
    const differing: string[] = [];
    for (const { what, yaml, code, field, onlyApply = false } of WRONG_OBJECTS) {
      const object = objectOf(yaml);
      const [created, applied] = [await create(cluster, discovery, object), await apply(cluster, object)];
      if (created.accepted !== onlyApply || applied.accepted) {
        differing.push(`${what}: the server ${created.accepted ? 'creates' : 'does not create'} and ${applied.accepted ? 'applies' : 'does not apply'} it: ${created.said}`);
      }
      const severity = onlyApply ? Severity.WARNING : Severity.ERROR;
      const found = findings(yaml);
      if (!found.some(one => one.code === code && one.field === field && one.severity === severity)) {
        differing.push(`${what}: no ${severity} ${code} at ${field}, but ${JSON.stringify(found.map(one => `${one.code} ${one.field}: ${one.reason}`))}`);
      }
    }
    return differing;
  });
  await report.check(`verdicts: the server and the schema rules accept all ${NEAR_MISSES.length} near misses`, async () => {
    const differing: string[] = [];
    for (const { what, yaml } of NEAR_MISSES) {
      const object = objectOf(yaml);
      const judgements = [await create(cluster, discovery, object), await apply(cluster, object)];
      judgements.filter(({ accepted }) => !accepted).forEach(({ said }) => differing.push(`${what}: the server refuses it: ${said}`));
      findings(yaml).forEach(({ code, field, reason }) => differing.push(`${what}: ${code} ${field}: ${reason}`));
    }
    return differing;
  });
  const rich = documentsOf('rich-objects.yaml', readFileSync(RICH_OBJECTS, 'utf8'));
  await report.check(`verdicts: the server and the schema rules accept all ${rich.length} objects with many fields`, async () => {
    const differing: string[] = [];
    for (const { object, text } of rich) {
      const created = await create(cluster, discovery, object);
      if (!created.accepted) differing.push(`${nameOf(object)}: the server refuses it: ${created.said}`);
      findings(text).forEach(({ code, field, reason }) => differing.push(`${nameOf(object)}: ${code} ${field}: ${reason}`));
    }
    return differing;
  });
  await cluster.remove([namespace]);
}

function objectOf(yaml: string): KubeObject {
  const [{ object }] = documentsOf('verdict.yaml', yaml);
  return object;
}

async function create(cluster: Cluster, discovery: Discovery, object: KubeObject): Promise<Judgement> {
  const resource = discovery.find(object.apiVersion, object.kind);
  if (!resource) throw new Error(`the server serves no kind ${object.kind} in ${object.apiVersion}`);
  const collection = pathOf(object, resource).replace(/\/[^/]+$/, '');
  const { status, body } = await cluster.connection.request('POST', `${collection}?dryRun=All&fieldValidation=Strict`, { body: JSON.stringify(object) });
  return { accepted: status === 201, said: body.message ?? '' };
}

async function apply(cluster: Cluster, object: KubeObject): Promise<Judgement> {
  const verdict = await cluster.apply(object, { dryRun: true });
  return { accepted: verdict.accepted, said: verdict.accepted ? '' : verdict.refusal.message };
}

