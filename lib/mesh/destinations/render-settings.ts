import { ClientTls } from './client-tls';
import { ConnectionPool } from './connection-pool';
import { LoadBalancing } from './load-balancing';
import { OutlierDetection } from './outlier-detection';
import { HostTrafficSettings } from './traffic-settings';
import {
  DestinationRuleSpecTrafficPolicy, DestinationRuleSpecTrafficPolicyConnectionPool, DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy,
  DestinationRuleSpecTrafficPolicyLoadBalancer, DestinationRuleSpecTrafficPolicyLoadBalancerSimple, DestinationRuleSpecTrafficPolicyOutlierDetection,
  DestinationRuleSpecTrafficPolicyProxyProtocolVersion, DestinationRuleSpecTrafficPolicyTls, DestinationRuleSpecTrafficPolicyTlsMode,
} from '../../../imports/networking.istio.io';
import { goDuration } from '../../core/durations';

/** The sections of a traffic policy. Those of ports and subsets have the same fields, under types of other names. */
export type Sections = DestinationRuleSpecTrafficPolicy;

/** What settings say of a host, section by section; sections of which they say nothing are missing. */
export function renderSettings(settings: HostTrafficSettings, host: string): Sections {
  const { loadBalancing, locality, connectionPool, outlierDetection, tls, retryBudget, proxyProtocol, tunnel } = settings;
  return defined({
    loadBalancer: loadBalancing || locality
      ? { ...loadBalancing && renderLoadBalancing(loadBalancing), localityLbSetting: locality && defined({ ...locality._said }) } : undefined,
    connectionPool: connectionPool && renderPool(connectionPool),
    outlierDetection: outlierDetection && renderOutliers(outlierDetection),
    tls: tls && renderTls(tls, host),
    retryBudget: retryBudget && defined({ percent: retryBudget.percent, minRetryConcurrency: retryBudget.minRetryConcurrency }),
    proxyProtocol: proxyProtocol && { version: proxyProtocol as unknown as DestinationRuleSpecTrafficPolicyProxyProtocolVersion },
    tunnel: tunnel && defined({ protocol: tunnel.method as string | undefined, targetHost: tunnel.host, targetPort: tunnel.port }),
  });
}

function renderLoadBalancing({ _said: said }: LoadBalancing): DestinationRuleSpecTrafficPolicyLoadBalancer {
  if (said.kind === 'simple') {
    return defined({
      simple: said.algorithm as unknown as DestinationRuleSpecTrafficPolicyLoadBalancerSimple,
      warmup: said.warmup && defined({ duration: goDuration(said.warmup.duration), minimumPercent: said.warmup.minimumPercent, aggression: said.warmup.aggression }),
    });
  }
  const { cookie, ttl, ...key } = said.key._said;
  return {
    consistentHash: defined({
      ...key,
      httpCookie: cookie && defined({ ...cookie, ttl: ttl && goDuration(ttl) }),
      ringHash: said.algorithm?._said.ringHash && defined(said.algorithm._said.ringHash),
      maglev: said.algorithm?._said.maglev,
    }),
  };
}

function renderPool(pool: ConnectionPool): DestinationRuleSpecTrafficPolicyConnectionPool {
  const { keepalive } = pool;
  const tcp = defined({
    maxConnections: pool.maxConnections,
    connectTimeout: pool.connectTimeout && goDuration(pool.connectTimeout),
    idleTimeout: pool.tcpIdleTimeout && goDuration(pool.tcpIdleTimeout),
    maxConnectionDuration: pool.maxConnectionDuration && goDuration(pool.maxConnectionDuration),
    tcpKeepalive: keepalive && defined({
      time: keepalive.time && goDuration(keepalive.time),
      interval: keepalive.interval && goDuration(keepalive.interval),
      probes: keepalive.probes,
    }),
  });
  const http = defined({
    http1MaxPendingRequests: pool.maxPendingRequests,
    http2MaxRequests: pool.maxRequests,
    maxRequestsPerConnection: pool.maxRequestsPerConnection,
    maxRetries: pool.maxRetries,
    idleTimeout: pool.idleTimeout && goDuration(pool.idleTimeout),
    maxConcurrentStreams: pool.maxConcurrentStreams,
    h2UpgradePolicy: pool.http2Upgrade as unknown as DestinationRuleSpecTrafficPolicyConnectionPoolHttpH2UpgradePolicy | undefined,
    useClientProtocol: pool.useClientProtocol,
  });
  return { ...Object.keys(tcp).length > 0 && { tcp }, ...Object.keys(http).length > 0 && { http } };
}

function renderOutliers(outliers: OutlierDetection): DestinationRuleSpecTrafficPolicyOutlierDetection {
  const { consecutiveLocalOriginFailures, interval, baseEjectionTime } = outliers;
  return defined({
    consecutive5xxErrors: outliers.consecutive5xxErrors,
    consecutiveGatewayErrors: outliers.consecutiveGatewayErrors,
    consecutiveLocalOriginFailures,
    // the count is refused without it
    splitExternalLocalOriginErrors: outliers.splitLocalOriginErrors ?? (consecutiveLocalOriginFailures === undefined ? undefined : true),
    interval: interval && goDuration(interval),
    baseEjectionTime: baseEjectionTime && goDuration(baseEjectionTime),
    maxEjectionPercent: outliers.maxEjectionPercent,
    minHealthPercent: outliers.minHealthPercent,
  });
}

function renderTls(tls: ClientTls, host: string): DestinationRuleSpecTrafficPolicyTls {
  const { _mode: mode, _verification: said, _secret: secret, _files: files } = tls;
  const outside = mode === 'SIMPLE' || mode === 'MUTUAL';
  // of a wildcard Envoy takes the host that the client asked for, for the name and for the check, as long as neither is written down
  const name = outside && !host.startsWith('*') ? host : undefined;
  const verifies = outside && !said.skipVerification;
  return defined({
    mode: mode as unknown as DestinationRuleSpecTrafficPolicyTlsMode,
    sni: said.sni ?? name,
    subjectAltNames: said.subjectAltNames ?? (verifies && name !== undefined ? [name] : undefined),
    credentialName: secret?.name,
    caCertificates: said.authoritiesFile ?? (verifies && secret === undefined ? 'system' : undefined),
    caCrl: said.revocationsFile,
    clientCertificate: files?.certificate,
    privateKey: files?.privateKey,
    insecureSkipVerify: said.skipVerification,
  });
}

/** The same without what was not said, so that it does not hide what others said. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
