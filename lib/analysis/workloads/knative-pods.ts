import { Fields, textOf } from '../values';
import type { Pods } from './kinds';
import { labelsOf } from './labels';
import type { PodPort } from './workload';

const GROUP = 'serving.knative.dev';

/** Names and ports of queue-proxy, and the name that Knative gives the app's port (serving pkg/reconciler/revision/resources/queue.go). */
const QUEUE_PROXY_PORTS: readonly PodPort[] = [
  { name: 'queue-port', number: 8012 },
  { name: 'queue-port', number: 8013 },
  { name: 'https-port', number: 8112 },
  { name: 'http-queueadm', number: 8022 },
  { name: 'http-autometric', number: 9090 },
  { name: 'http-usermetric', number: 9091 },
  { name: 'user-port', number: 8080 },
];

/** What is known of a revision before there is one. */
export interface KnativeOwner {
  readonly service?: string;
  readonly configuration?: string;
  readonly revision?: string;
}

/** Labels and ports that Knative adds to pods (serving pkg/reconciler/revision/resources/meta.go, pkg/reconciler/configuration/resources/revision.go). */
export function knativePods(metadata: Fields, owner: KnativeOwner): Pick<Pods, 'addedLabels' | 'openLabels' | 'mayBe' | 'addedPorts'> {
  const revision = owner.revision ?? textOf(metadata.name);
  const ownApp = labelsOf(metadata.labels).app;
  const known: Record<string, string> = {};
  if (owner.service !== undefined) known[`${GROUP}/service`] = owner.service;
  if (owner.configuration !== undefined) known[`${GROUP}/configuration`] = owner.configuration;
  // a later template brings a revision of another name, so only one that is written down is known
  if (revision !== undefined) known[`${GROUP}/revision`] = revision;
  if (revision !== undefined && ownApp === undefined) known.app = revision;
  const generated = (value: string) => owner.configuration !== undefined && value.startsWith(`${owner.configuration}-`);
  return {
    addedLabels: known,
    openLabels: [
      ...['configurationGeneration', 'configurationUID', 'serviceUID', 'revisionUID', 'revision'].map(key => `${GROUP}/${key}`),
      'pod-template-hash',
      ...ownApp === undefined ? ['app'] : [],
    ],
    mayBe: { [`${GROUP}/revision`]: generated, app: generated },
    addedPorts: QUEUE_PROXY_PORTS,
  };
}
