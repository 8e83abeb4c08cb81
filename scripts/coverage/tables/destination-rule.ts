import { App, Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  ClientTls, ContainerService, HashAlgorithm, HashKey, HostTrafficSettings, LoadBalancing, LocalityRouting, ProxyProtocolVersion, TrafficPolicy, TrafficSettings,
  TunnelMethod,
} from '../../../lib';
import { POOL, poolFieldsBelow } from '../connection-pool';
import { Json, Table, without } from '../table';

type Fields = Table['fields'];

const SECTIONS: Fields = {
  ...poolFieldsBelow('connectionPool'),
  'loadBalancer.consistentHash.httpCookie.attributes[].name': 'HashKey.cookie: attributes',
  'loadBalancer.consistentHash.httpCookie.attributes[].value': 'HashKey.cookie: attributes',
  'loadBalancer.consistentHash.httpCookie.name': 'HashKey.cookie',
  'loadBalancer.consistentHash.httpCookie.path': 'HashKey.cookie: path',
  'loadBalancer.consistentHash.httpCookie.ttl': 'HashKey.cookie: ttl',
  'loadBalancer.consistentHash.httpHeaderName': 'HashKey.header',
  'loadBalancer.consistentHash.httpQueryParameterName': 'HashKey.queryParameter',
  'loadBalancer.consistentHash.maglev.tableSize': 'HashAlgorithm.maglev',
  'loadBalancer.consistentHash.minimumRingSize': without('ringHash stands in for it'),
  'loadBalancer.consistentHash.ringHash.minimumRingSize': 'HashAlgorithm.ringHash',
  'loadBalancer.consistentHash.useSourceIp': 'HashKey.sourceIp',
  'loadBalancer.localityLbSetting.distribute[].from': 'LocalityRouting.distribute',
  'loadBalancer.localityLbSetting.distribute[].to{}': 'LocalityRouting.distribute',
  'loadBalancer.localityLbSetting.enabled': 'LocalityRouting.off',
  'loadBalancer.localityLbSetting.failover[].from': 'LocalityRouting.failover',
  'loadBalancer.localityLbSetting.failover[].to': 'LocalityRouting.failover',
  'loadBalancer.localityLbSetting.failoverPriority[]': 'LocalityRouting.priority',
  'loadBalancer.simple': 'the factories of LoadBalancing',
  'loadBalancer.warmup.aggression': 'Warmup.aggression',
  'loadBalancer.warmup.duration': 'Warmup.duration',
  'loadBalancer.warmup.minimumPercent': 'Warmup.minimumPercent',
  'loadBalancer.warmupDurationSecs': without('warmup stands in for it'),
  'outlierDetection.baseEjectionTime': 'OutlierDetection.baseEjectionTime',
  'outlierDetection.consecutive5xxErrors': 'OutlierDetection.consecutive5xxErrors',
  'outlierDetection.consecutiveErrors': without('istiod does not look at it'),
  'outlierDetection.consecutiveGatewayErrors': 'OutlierDetection.consecutiveGatewayErrors',
  'outlierDetection.consecutiveLocalOriginFailures': 'OutlierDetection.consecutiveLocalOriginFailures',
  'outlierDetection.interval': 'OutlierDetection.interval',
  'outlierDetection.maxEjectionPercent': 'OutlierDetection.maxEjectionPercent',
  'outlierDetection.minHealthPercent': 'OutlierDetection.minHealthPercent',
  'outlierDetection.splitExternalLocalOriginErrors': 'OutlierDetection.splitLocalOriginErrors',
  'tls.caCertificates': 'ServerVerification.authoritiesFile',
  'tls.caCrl': 'ServerVerification.revocationsFile',
  'tls.clientCertificate': 'ClientTls.mutualFiles',
  'tls.credentialName': 'ClientTls.mutual, simpleWith',
  'tls.insecureSkipVerify': 'ServerVerification.skipVerification',
  'tls.mode': 'the factories of ClientTls',
  'tls.privateKey': 'ClientTls.mutualFiles',
  'tls.sni': 'ServerVerification.sni',
  'tls.subjectAltNames[]': 'ServerVerification.subjectAltNames',
};

const NOT_FOR_PORTS: Fields = {
  'proxyProtocol.version': 'HostTrafficSettings.proxyProtocol',
  'retryBudget.minRetryConcurrency': 'RetryBudget.minRetryConcurrency',
  'retryBudget.percent': 'RetryBudget.percent',
  'tunnel.protocol': 'Tunnel.method',
  'tunnel.targetHost': 'Tunnel.host',
  'tunnel.targetPort': 'Tunnel.port',
};

const under = (prefix: string, fields: Fields): Fields => Object.fromEntries(Object.entries(fields).map(([field, where]) => [`${prefix}.${field}`, where]));

const fields: Fields = {
  'spec.exportTo[]': 'TrafficPolicyProps.exportTo',
  'spec.host': 'TrafficPolicyProps.target',
  'spec.subsets[].labels{}': 'IWorkloadVersion.podLabels',
  'spec.subsets[].name': 'IWorkloadVersion.subset',
  ...under('spec.subsets[].trafficPolicy', { ...SECTIONS, ...NOT_FOR_PORTS }),
  'spec.subsets[].trafficPolicy.portLevelSettings[].port.number': 'TrafficPolicy.addVersionPort',
  ...under('spec.subsets[].trafficPolicy.portLevelSettings[]', SECTIONS),
  ...under('spec.trafficPolicy', { ...SECTIONS, ...NOT_FOR_PORTS }),
  'spec.trafficPolicy.portLevelSettings[].port.number': 'TrafficPolicy.addPort',
  ...under('spec.trafficPolicy.portLevelSettings[]', SECTIONS),
  'spec.workloadSelector.matchLabels{}': 'TrafficPolicyProps.clients',
};

function settings(chart: Chart): TrafficSettings[] {
  const second = Duration.seconds(1);
  return [
    {
      connectionPool: POOL,
      outlierDetection: {
        consecutive5xxErrors: 5, consecutiveGatewayErrors: 5, consecutiveLocalOriginFailures: 5, interval: second, baseEjectionTime: second, maxEjectionPercent: 50, minHealthPercent: 30,
      },
      loadBalancing: LoadBalancing.roundRobin({ warmup: { duration: second, minimumPercent: 5, aggression: 2 } }),
      locality: LocalityRouting.failover({ from: 'a', to: 'b' }),
      tls: ClientTls.simple({ sni: 'a.example', subjectAltNames: ['a.example'], authoritiesFile: '/ca.pem', revocationsFile: '/crl.pem' }),
    },
    { loadBalancing: LoadBalancing.consistentHash(HashKey.cookie('c', { ttl: second, path: '/', attributes: { SameSite: 'Lax' } }), HashAlgorithm.ringHash(2048)), tls: ClientTls.simple({ skipVerification: true }) },
    {
      loadBalancing: LoadBalancing.consistentHash(HashKey.header('x'), HashAlgorithm.maglev()),
      locality: LocalityRouting.distribute({ from: 'a/*', to: { 'a/*': 90, 'b/*': 10 } }),
      tls: ClientTls.mutual(Secret.fromSecretName(chart, 'certificate', 'client')),
    },
    { loadBalancing: LoadBalancing.consistentHash(HashKey.sourceIp()), locality: LocalityRouting.priority('zone'), tls: ClientTls.mutualFiles({ certificate: '/a.crt', privateKey: '/a.key' }) },
    { loadBalancing: LoadBalancing.consistentHash(HashKey.queryParameter('q')) },
  ];
}

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const more: HostTrafficSettings[] = [
    { retryBudget: { percent: 10, minRetryConcurrency: 5 }, proxyProtocol: ProxyProtocolVersion.V2 },
    { tunnel: { method: TunnelMethod.CONNECT, host: 'a.example', port: 443 } },
  ];
  return settings(chart).map((said, index) => {
    const service = new ContainerService(chart, `s${index}`, { image: 'registry.example/s:1', version: 'v1' });
    const everywhere = { ...said, ...more[index] };
    const policy = new TrafficPolicy(chart, `p${index}`, { target: service, clients: { app: 'x' }, exportTo: ['.'], ...everywhere });
    policy.addPort(80, said);
    policy.addVersion(service.mainVersion, everywhere);
    policy.addVersionPort(service.mainVersion, 80, said);
    return policy.apiObject!.toJson();
  });
}

export const table: Table = { page: 'mesh-coverage', group: 'networking.istio.io', kind: 'DestinationRule', fields, sample };
