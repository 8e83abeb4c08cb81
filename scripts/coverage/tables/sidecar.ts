import { App, Chart, Duration } from 'cdk8s';
import { ContainerService, Http2Upgrade, OutboundTraffic, SidecarScope } from '../../../lib';
import { fieldsOfKind } from '../fields';
import { Json, Table, without } from '../table';

const GROUP = 'networking.istio.io';

const SAID: Table['fields'] = {
  'spec.egress[].hosts[]': 'grants, grantEgress; SidecarScopeProps.hosts, namespaces, ownNamespace',
  'spec.inboundConnectionPool.http.h2UpgradePolicy': 'ConnectionPool.http2Upgrade',
  'spec.inboundConnectionPool.http.http1MaxPendingRequests': 'ConnectionPool.maxPendingRequests',
  'spec.inboundConnectionPool.http.http2MaxRequests': 'ConnectionPool.maxRequests',
  'spec.inboundConnectionPool.http.idleTimeout': 'ConnectionPool.idleTimeout',
  'spec.inboundConnectionPool.http.maxConcurrentStreams': 'ConnectionPool.maxConcurrentStreams',
  'spec.inboundConnectionPool.http.maxRequestsPerConnection': 'ConnectionPool.maxRequestsPerConnection',
  'spec.inboundConnectionPool.http.maxRetries': 'ConnectionPool.maxRetries',
  'spec.inboundConnectionPool.http.useClientProtocol': 'ConnectionPool.useClientProtocol',
  'spec.inboundConnectionPool.tcp.connectTimeout': 'ConnectionPool.connectTimeout',
  'spec.inboundConnectionPool.tcp.idleTimeout': 'ConnectionPool.tcpIdleTimeout',
  'spec.inboundConnectionPool.tcp.maxConnectionDuration': 'ConnectionPool.maxConnectionDuration',
  'spec.inboundConnectionPool.tcp.maxConnections': 'ConnectionPool.maxConnections',
  'spec.inboundConnectionPool.tcp.tcpKeepalive.interval': 'ConnectionPool.keepalive: interval',
  'spec.inboundConnectionPool.tcp.tcpKeepalive.probes': 'ConnectionPool.keepalive: probes',
  'spec.inboundConnectionPool.tcp.tcpKeepalive.time': 'ConnectionPool.keepalive: time',
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
  const second = Duration.seconds(1);
  const workload = new ContainerService(chart, 'orders', { image: 'registry.example/orders:1' });
  const scope = new SidecarScope(chart, 'scope', {
    workload,
    outboundTraffic: OutboundTraffic.REGISTRY_ONLY,
    inboundConnectionPool: {
      maxConnections: 9,
      connectTimeout: second,
      tcpIdleTimeout: second,
      maxConnectionDuration: second,
      keepalive: { time: second, interval: second, probes: 3 },
      maxPendingRequests: 9,
      maxRequests: 9,
      maxRequestsPerConnection: 9,
      maxRetries: 9,
      idleTimeout: second,
      maxConcurrentStreams: 9,
      http2Upgrade: Http2Upgrade.DEFAULT,
      useClientProtocol: true,
    },
  });
  return [scope.apiObject.toJson()];
}

export const table: Table = { page: 'mesh-coverage', group: GROUP, kind: 'Sidecar', fields, sample };
