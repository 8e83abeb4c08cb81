import { Duration } from 'cdk8s';
import { ConnectionPool, Http2Upgrade } from '../../lib';

const SECOND = Duration.seconds(1);

/** Fields of a connection pool, which several kinds have, and what says them. */
export const POOL_FIELDS: Readonly<Record<string, string>> = {
  'http.h2UpgradePolicy': 'ConnectionPool.http2Upgrade',
  'http.http1MaxPendingRequests': 'ConnectionPool.maxPendingRequests',
  'http.http2MaxRequests': 'ConnectionPool.maxRequests',
  'http.idleTimeout': 'ConnectionPool.idleTimeout',
  'http.maxConcurrentStreams': 'ConnectionPool.maxConcurrentStreams',
  'http.maxRequestsPerConnection': 'ConnectionPool.maxRequestsPerConnection',
  'http.maxRetries': 'ConnectionPool.maxRetries',
  'http.useClientProtocol': 'ConnectionPool.useClientProtocol',
  'tcp.connectTimeout': 'ConnectionPool.connectTimeout',
  'tcp.idleTimeout': 'ConnectionPool.tcpIdleTimeout',
  'tcp.maxConnectionDuration': 'ConnectionPool.maxConnectionDuration',
  'tcp.maxConnections': 'ConnectionPool.maxConnections',
  'tcp.tcpKeepalive.interval': 'ConnectionPool.keepalive: interval',
  'tcp.tcpKeepalive.probes': 'ConnectionPool.keepalive: probes',
  'tcp.tcpKeepalive.time': 'ConnectionPool.keepalive: time',
};

/** A pool that says all of them. */
export const POOL: ConnectionPool = {
  maxConnections: 9,
  connectTimeout: SECOND,
  tcpIdleTimeout: SECOND,
  maxConnectionDuration: SECOND,
  keepalive: { time: SECOND, interval: SECOND, probes: 3 },
  maxPendingRequests: 9,
  maxRequests: 9,
  maxRequestsPerConnection: 9,
  maxRetries: 9,
  idleTimeout: SECOND,
  maxConcurrentStreams: 9,
  http2Upgrade: Http2Upgrade.DEFAULT,
  useClientProtocol: true,
};

/** The fields where they stand. */
export function poolFieldsBelow(path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(POOL_FIELDS).map(([field, said]) => [`${path}.${field}`, said]));
}
