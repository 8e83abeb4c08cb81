import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { ClientTls, ClusterProfile, EgressGateway, ExternalService, ExternalServicePort } from '../../lib';
import { manifest, manifests, problems, shopChart } from '../support';
import { TestDeployment } from './workloads';

const GATEWAY = 'istio-egressgateway.istio-system.svc.cluster.local';

describe('an egress gateway', () => {
  test('takes plain requests over mTLS and originates TLS in place of the sidecars', () => {
    const chart = shopChart();
    const tls = ClientTls.mutual(Secret.fromSecretName(chart, 'secret', 'bank-client'));
    const bank = new ExternalService(chart, 'bank', { hosts: ['api.bank.example'], ports: [ExternalServicePort.originatingTls({ tls })] });
    const egress = new EgressGateway(chart, 'out');
    egress.route(bank);
    expect(manifest(chart, 'Gateway').spec).toEqual({
      selector: { istio: 'egressgateway' },
      servers: [{ port: { number: 80, name: 'https-egress', protocol: 'HTTPS' }, hosts: ['api.bank.example'], tls: { mode: 'ISTIO_MUTUAL' } }],
    });
    expect(manifest(chart, 'VirtualService').spec).toEqual({
      hosts: ['api.bank.example'],
      gateways: ['out', 'mesh'],
      http: [
        { match: [{ gateways: ['mesh'], port: 80 }], route: [{ destination: { host: GATEWAY, subset: 'bank', port: { number: 80 } } }] },
        { match: [{ gateways: ['out'], port: 80 }], route: [{ destination: { host: 'api.bank.example', port: { number: 80 } } }] },
      ],
    });
    expect(manifest(chart, 'DestinationRule', 'istio-egressgateway.istio-system.svc.cluster.local').spec).toEqual({
      host: GATEWAY,
      subsets: [{ name: 'bank', labels: { istio: 'egressgateway' }, trafficPolicy: { portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'ISTIO_MUTUAL', sni: 'api.bank.example' } }] } }],
    });
    expect(manifest(chart, 'DestinationRule', 'api.bank.example').spec.trafficPolicy.portLevelSettings).toEqual([
      { port: { number: 80 }, tls: { mode: 'MUTUAL', sni: 'api.bank.example', subjectAltNames: ['api.bank.example'], credentialName: 'bank-client' } },
    ]);
    expect(problems(chart)).toEqual([]);
  });

  test('passes on unopened what clients encrypt themselves', () => {
    const chart = shopChart();
    const bank = new ExternalService(chart, 'bank', { hosts: ['api.bank.example'] });
    new EgressGateway(chart, 'out').route(bank);
    expect(manifest(chart, 'Gateway').spec.servers).toEqual([{ port: { number: 443, name: 'tls-egress', protocol: 'TLS' }, hosts: ['api.bank.example'], tls: { mode: 'PASSTHROUGH' } }]);
    expect(manifest(chart, 'VirtualService').spec.tls).toEqual([
      { match: [{ gateways: ['mesh'], port: 443, sniHosts: ['api.bank.example'] }], route: [{ destination: { host: GATEWAY, port: { number: 443 } } }] },
      { match: [{ gateways: ['out'], port: 443, sniHosts: ['api.bank.example'] }], route: [{ destination: { host: 'api.bank.example', port: { number: 443 } } }] },
    ]);
    expect(manifests(chart).map(({ kind }) => kind)).not.toContain('DestinationRule');
    expect(problems(chart)).toEqual([]);
  });

  test('is one for many services', () => {
    const chart = shopChart();
    const egress = new EgressGateway(chart, 'out');
    ['a', 'b'].forEach(id => egress.route(new ExternalService(chart, id, { hosts: [`${id}.example`], ports: [ExternalServicePort.originatingTls()] })));
    expect(manifest(chart, 'Gateway').spec.servers).toMatchObject([{ hosts: ['a.example', 'b.example'] }]);
    expect(manifest(chart, 'DestinationRule', GATEWAY).spec.subsets).toMatchObject([{ name: 'a' }, { name: 'b' }]);
    expect(problems(chart)).toEqual([]);
  });

  test('needs to know where it sends requests', () => {
    const chart = shopChart();
    const egress = new EgressGateway(chart, 'out');
    egress.route(new ExternalService(chart, 'all', { hosts: ['*.bank.example'] }));
    egress.route(new ExternalService(chart, 'two', { hosts: ['a.example', 'b.example'] }));
    egress.route(new ExternalService(chart, 'db', { hosts: ['db.example'], ports: [ExternalServicePort.tcp(5432), ExternalServicePort.https()] }));
    expect(problems(chart, 'SM1264').map(({ field, severity }) => `${field} ${severity}`)).toEqual(['route(all) error', 'route(two) error', 'route(db) warning']);
  });

  test('is written where the sidecars of its callers find it', () => {
    const chart = shopChart();
    const other = new Chart(chart.node.root as never, 'bank', { namespace: 'bank' });
    const bank = new ExternalService(chart, 'bank', { hosts: ['api.bank.example'] });
    bank.grantEgress(new TestDeployment(other, 'ledger'), new TestDeployment(chart, 'orders'));
    new EgressGateway(chart, 'out').route(bank);
    expect(problems(chart, 'SM1267')).toMatchObject([{ value: '"service bank/ledger"', fix: expect.stringContaining('istio-system') }]);
  });

  test('is nothing for ambient mode, nor without services', () => {
    const chart = shopChart();
    const egress = new EgressGateway(chart, 'out');
    expect(problems(chart, 'SM1263')).toMatchObject([{ field: 'route' }]);
    egress.route(undefined as never);
    egress.route('bank' as never);
    expect(problems(chart, 'SM0005')).toMatchObject([{ field: 'route' }]);
    ClusterProfile.ambient().applyTo(chart);
    expect(problems(chart, 'SM1263')).toMatchObject([{ fix: expect.stringContaining('waypoint') }]);
  });
});
