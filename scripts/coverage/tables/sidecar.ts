import { App, Chart } from 'cdk8s';
import { ContainerService, OutboundTraffic, SidecarScope } from '../../../lib';
import { POOL, poolFieldsBelow } from '../connection-pool';
import { fieldsOfKind } from '../fields';
import { Json, Table, without } from '../table';

const GROUP = 'networking.istio.io';

const SAID: Table['fields'] = {
  'spec.egress[].hosts[]': 'grants, grantEgress; SidecarScopeProps.hosts, namespaces, ownNamespace',
  ...poolFieldsBelow('spec.inboundConnectionPool'),
  'spec.outboundTrafficPolicy.mode': 'SidecarScopeProps.outboundTraffic',
  'spec.workloadSelector.labels{}': 'SidecarScopeProps.workload',
};

/** Why the rest is not there, by how its path begins. */
const REST: readonly (readonly [string, string])[] = [
  ['spec.egress[]', 'listeners for single ports are for pods whose connections are not redirected, such as machines'],
  ['spec.ingress[]', 'sidecars listen at the ports of the Services in front of their pods; listeners of one\'s own are for pods without redirection'],
  ['spec.outboundTrafficPolicy.egressProxy', 'an EgressGateway takes hosts that are known; what is unknown is passed on or blocked'],
];

const fields: Table['fields'] = Object.fromEntries(fieldsOfKind(GROUP, 'Sidecar').map(field =>
  [field, SAID[field] ?? without(REST.find(([begin]) => field.startsWith(begin))?.[1] ?? '')]));

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const workload = new ContainerService(chart, 'orders', { image: 'registry.example/orders:1' });
  const scope = new SidecarScope(chart, 'scope', {
    workload,
    outboundTraffic: OutboundTraffic.REGISTRY_ONLY,
    inboundConnectionPool: POOL,
  });
  return [scope.apiObject.toJson()];
}

export const table: Table = { page: 'mesh-coverage', group: GROUP, kind: 'Sidecar', fields, sample };
