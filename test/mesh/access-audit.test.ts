import { TestDeployment, TestService } from './workloads';
import {
  AccessAudit, Caller, Claim, ClusterProfile, ContainerService, GatewayTls, HttpMethod, JwtIssuer, MeshGateway, MeshMembership, MeshNamespace, MeshTelemetry, Reachability,
  RequestAttribute, Waypoint,
} from '../../lib';
import { manifest, problems, shopChart } from '../support';

const login = new JwtIssuer({ issuer: 'https://login.example.com', audiences: ['shop'] });

describe('AccessAudit', () => {
  test('marks requests of some callers, and asks what grants can ask', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'ledger');
    new AccessAudit(chart, 'deletions', {
      target, callers: [new TestDeployment(chart, 'web'), Caller.namespace('ops')], methods: [HttpMethod.DELETE], paths: ['/entries/*'], conditions: [RequestAttribute.header('x-tenant').exists()],
    });
    expect(manifest(chart, 'AuthorizationPolicy')).toMatchObject({ metadata: { name: 'ledger-deletions', namespace: 'shop' } });
    expect(manifest(chart, 'AuthorizationPolicy').spec).toEqual({
      action: 'AUDIT',
      selector: { matchLabels: { app: 'ledger' } },
      rules: [{
        from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }, { source: { namespaces: ['ops'] } }],
        to: [{ operation: { methods: ['DELETE'], paths: ['/entries/*'], ports: ['8080'] } }],
        when: [{ key: 'request.headers[x-tenant]', values: ['*'] }],
      }],
    });
    expect(problems(chart)).toEqual([]);
  });

  test('marks requests of everybody, where nobody is named, and by token', () => {
    const chart = shopChart();
    const target = new TestDeployment(chart, 'ledger');
    new AccessAudit(chart, 'all', { target });
    new AccessAudit(chart, 'admins', { target, callers: [Caller.jwt({ issuer: login, claims: [Claim.of('role').includes('admin')] })] });
    expect(manifest(chart, 'AuthorizationPolicy', 'ledger-all').spec.rules).toEqual([{ to: [{ operation: { ports: ['8080'] } }] }]);
    expect(manifest(chart, 'AuthorizationPolicy', 'ledger-admins').spec.rules).toEqual([{
      from: [{ source: { requestPrincipals: ['https://login.example.com/*'] } }],
      to: [{ operation: { ports: ['8080'] } }],
      when: [{ key: 'request.auth.claims[role]', values: ['admin'] }],
    }]);
  });

  test('turns nobody away and lets nobody in', () => {
    const chart = shopChart();
    const to = new TestDeployment(chart, 'ledger');
    const from = new TestDeployment(chart, 'web');
    new AccessAudit(chart, 'all', { target: to });
    expect(Reachability.of(chart).request({ from, to, method: 'DELETE' }).allowed).toBe(true);
    to.grantInvoke(from, { methods: [HttpMethod.GET] });
    expect(Reachability.of(chart).request({ from, to, method: 'DELETE' }).allowed).toBe(false);
  });

  test('at a gateway marks requests to its hosts, at a waypoint those that go through it', () => {
    const chart = shopChart();
    new AccessAudit(chart, 'all', { target: new MeshGateway(chart, 'edge', { hosts: ['shop.example.com'], tls: GatewayTls.none() }) });
    expect(manifest(chart, 'AuthorizationPolicy')).toMatchObject({
      metadata: { name: 'edge-all', namespace: 'istio-system' }, spec: { rules: [{ to: [{ operation: { hosts: ['shop.example.com', 'shop.example.com:*'] } }] }] },
    });
    const ambient = shopChart();
    ClusterProfile.ambient().applyTo(ambient);
    new MeshNamespace(ambient, 'Namespace');
    const waypoint = new Waypoint(ambient, 'waypoint');
    const ledger = new ContainerService(ambient, 'ledger', { image: 'registry.example.com/ledger@sha256:0000000000000000000000000000000000000000000000000000000000000000' });
    new AccessAudit(ambient, 'all', { target: waypoint });
    new AccessAudit(ambient, 'one', { target: ledger });
    expect(manifest(ambient, 'AuthorizationPolicy', 'waypoint-all').spec).toMatchObject({ targetRefs: [{ kind: 'Gateway', name: 'waypoint' }], rules: [{}] });
    expect(manifest(ambient, 'AuthorizationPolicy', 'ledger-one').spec).toMatchObject({ targetRefs: [{ kind: 'Service', name: 'ledger' }], rules: [{ to: [{ operation: { ports: ['80'] } }] }] });
    expect(problems(ambient)).toEqual([]);
  });

  test('has a filter by which access logs write what it marked', () => {
    const chart = shopChart();
    new MeshTelemetry(chart, 'logs', { accessLogs: [{ filter: AccessAudit.LOG_FILTER }] });
    expect(manifest(chart, 'Telemetry').spec.accessLogging[0].filter.expression).toBe("metadata.filter_metadata['envoy.common']['access_log_hint'] == true");
  });

  test.each([
    ['without a mesh', ClusterProfile.withoutMesh(), undefined, 'SM0202'],
    ['outside of the mesh', ClusterProfile.sidecar(), MeshMembership.OUTSIDE, 'SM0202'],
    ['where ztunnel alone stands before the pods', ClusterProfile.ambient(), undefined, 'SM0267'],
  ])('is refused %s', (_, profile, membership, code) => {
    const chart = shopChart();
    profile.applyTo(chart);
    new AccessAudit(chart, 'all', { target: new TestDeployment(chart, 'ledger', membership) });
    expect(problems(chart, code)).toMatchObject([{ path: 'chart/all', field: 'target' }]);
  });

  test('is refused for a path that matches nothing', () => {
    const chart = shopChart();
    new AccessAudit(chart, 'all', { target: new TestService(chart, 'orders'), paths: ['entries'] });
    expect(problems(chart, 'SM0206')).toMatchObject([{ field: 'paths', value: '"entries"' }]);
  });
});
