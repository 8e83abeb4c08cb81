import { Construct } from 'constructs';
import { ClusterProfile } from '../../lib';
import { ExternalPort } from '../../lib/core/external-service';
import { Intents } from '../../lib/core/intents';
import { manifest, manifests, problems, shopChart } from '../support';

const HTTPS: ExternalPort = { number: 443, name: 'https', protocol: 'HTTPS' };
const PLAIN: ExternalPort = { number: 80, name: 'http', protocol: 'HTTP', targetPort: 443, originatesTls: true };

function caller(chart: Construct, id: string, host: string, ...ports: ExternalPort[]): Construct {
  const construct = new Construct(chart, id);
  Intents.of(chart).externals.add({ host, ports, construct });
  return construct;
}

describe('a host outside of the cluster', () => {
  test('is known to the mesh once, with the ports that anybody uses', () => {
    const chart = shopChart();
    caller(chart, 'checkout', 'api.bank.example', HTTPS);
    caller(chart, 'payment', 'api.bank.example', PLAIN);
    expect(manifest(chart, 'ServiceEntry').spec.ports.map(({ number }: ExternalPort) => number)).toEqual([443, 80]);
    expect(manifest(chart, 'DestinationRule').spec.trafficPolicy.portLevelSettings).toHaveLength(1);
    expect(problems(chart)).toEqual([]);
  });

  test('needs no DestinationRule where applications speak TLS themselves', () => {
    const chart = shopChart();
    caller(chart, 'checkout', 'api.bank.example', HTTPS);
    expect(manifests(chart).map(({ kind }) => kind)).toEqual(['ServiceEntry']);
  });

  test('gets plain text in ambient mode, which is said', () => {
    const chart = shopChart();
    ClusterProfile.ambient().applyTo(chart);
    caller(chart, 'checkout', 'api.bank.example', PLAIN);
    expect(problems(chart, 'SM0169')).toMatchObject([{ severity: 'warning', path: 'chart/checkout/External-api.bank.example' }]);
  });

  test('is nobody to tell of without a mesh', () => {
    const chart = shopChart();
    ClusterProfile.withoutMesh().applyTo(chart);
    caller(chart, 'checkout', 'api.bank.example', HTTPS);
    expect(manifests(chart)).toEqual([]);
  });
});
