import { authorizationPolicy, findings, findingsIn, GARBAGE, peerAuthentication, raw } from './findings';
import { Severity } from '../../lib';
import { denyWithoutRules } from '../../lib/analysis/rules/mesh/deny-without-rules';
import { httpInAmbient } from '../../lib/analysis/rules/mesh/http-in-ambient';
import { identityWithoutMtls } from '../../lib/analysis/rules/mesh/identity-without-mtls';
import { noPort } from '../../lib/analysis/rules/mesh/no-port';
import { pathNeverMatches } from '../../lib/analysis/rules/mesh/path-never-matches';
import { pathTemplate } from '../../lib/analysis/rules/mesh/path-template';
import { portMtlsWithoutSelector } from '../../lib/analysis/rules/mesh/port-mtls-without-selector';
import { selectorAndTarget } from '../../lib/analysis/rules/mesh/selector-and-target';
import { serviceAccountsMixed } from '../../lib/analysis/rules/mesh/service-accounts-mixed';
import { severalNamespaceWide } from '../../lib/analysis/rules/mesh/several-namespace-wide';
import { rulesOf } from '../analysis/rules-of';
import { Json, shopChart } from '../support';

const MESH_RULES = rulesOf('mesh');

const SELECTOR = { matchLabels: { app: 'ledger' } };
const from = (source: Json) => [{ from: [{ source }] }];
const to = (operation: Json) => [{ to: [{ operation }] }];

describe('every rule on the mesh', () => {
  test('has a code of its own, a title and an explanation', () => {
    const codes = MESH_RULES.map(rule => rule.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect([...codes].sort()).toEqual(codes);
    for (const rule of MESH_RULES) {
      expect(rule.code).toMatch(/^SM(02|12|13)\d\d$/);
      expect(rule.title.length).toBeGreaterThan(10);
      expect(rule.explanation.length).toBeGreaterThan(40);
    }
  });

  test.each(GARBAGE.map(junk => [JSON.stringify(junk) ?? 'nothing', junk]))('survives %s in place of a part of a manifest', (_, junk) => {
    const specs = [
      junk, { rules: junk }, { rules: [junk] }, { rules: [{ from: junk, to: junk, when: junk }] },
      { rules: [{ from: [junk], to: [junk], when: [junk] }] },
      { rules: from(junk) }, { rules: to(junk) }, { rules: to({ paths: junk, ports: junk }) }, { rules: [{ when: [{ key: junk, values: junk }] }] },
      { selector: junk, rules: junk }, { selector: { matchLabels: junk }, portLevelMtls: junk }, { mtls: junk }, { targetRefs: junk },
      { template: junk }, { template: { metadata: junk, spec: junk } }, { template: { spec: { containers: [junk] } } }, { host: junk },
    ];
    const kinds = [
      ['security.istio.io/v1', 'AuthorizationPolicy'], ['security.istio.io/v1', 'PeerAuthentication'],
      ['security.istio.io/v1', 'RequestAuthentication'],
      ['networking.istio.io/v1', 'DestinationRule'], ['serving.knative.dev/v1', 'Service'], ['apps/v1', 'Deployment'], ['batch/v1', 'CronJob'], ['v1', 'Namespace'],
    ];
    const chart = raw(shopChart(), ...specs.flatMap((spec, i) => kinds.map(([apiVersion, kind]) => ({ apiVersion, kind, metadata: { name: `x${i}` }, spec }))));
    for (const rule of MESH_RULES) {
      expect(() => findings(rule, chart)).not.toThrow();
    }
  });
});

describe('SM0220: portLevelMtls', () => {
  const ports = { 9464: { mode: 'PERMISSIVE' } };
  test('is refused without a selector', () => {
    expect(findingsIn(portMtlsWithoutSelector, peerAuthentication('default', { portLevelMtls: ports })))
      .toMatchObject([{ code: 'SM0220', path: 'chart/raw-0-0', field: 'spec.portLevelMtls', value: '"9464"', peers: ['IST0106'] }]);
    expect(findingsIn(portMtlsWithoutSelector, peerAuthentication('empty', { selector: { matchLabels: {} }, portLevelMtls: ports }))).toHaveLength(1);
  });
  test('is clean with one', () => {
    expect(findingsIn(portMtlsWithoutSelector, peerAuthentication('ledger', { selector: SELECTOR, portLevelMtls: ports }))).toEqual([]);
  });
});

describe('SM0221: PeerAuthentications of one namespace', () => {
  const strict = { mtls: { mode: 'STRICT' } };
  test('are reported where two of them have no selector', () => {
    const found = findingsIn(severalNamespaceWide, peerAuthentication('default', strict), peerAuthentication('other', strict));
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ severity: Severity.WARNING, peers: ['KIA0002'], reason: expect.stringContaining('chart/raw-1-1') });
  });
  test('are clean where the others have one, or another namespace', () => {
    expect(findingsIn(severalNamespaceWide,
      peerAuthentication('default', strict), peerAuthentication('ledger', { ...strict, selector: SELECTOR }), peerAuthentication('default', strict, 'bank'))).toEqual([]);
  });
});

describe('SM0223: selector and targetRefs', () => {
  const ref = { group: '', kind: 'Service', name: 'ledger' };
  test('are refused together', () => {
    expect(findingsIn(selectorAndTarget, authorizationPolicy('ledger', { selector: SELECTOR, targetRefs: [ref] })))
      .toMatchObject([{ code: 'SM0223', field: 'spec.targetRefs' }]);
    expect(findingsIn(selectorAndTarget, { ...authorizationPolicy('ledger', { selector: SELECTOR, targetRef: ref }), kind: 'RequestAuthentication' })).toHaveLength(1);
  });
  test('are clean alone', () => {
    expect(findingsIn(selectorAndTarget, authorizationPolicy('pods', { selector: SELECTOR }), authorizationPolicy('waypoint', { targetRefs: [ref] }))).toEqual([]);
  });
});

describe('SM0224: serviceAccounts', () => {
  test('are refused beside principals or namespaces of the same source', () => {
    expect(findingsIn(serviceAccountsMixed, authorizationPolicy('a', { rules: from({ serviceAccounts: ['shop/checkout'], namespaces: ['shop'] }) })))
      .toMatchObject([{ field: 'spec.rules[0].from[0].source.serviceAccounts', value: '"shop/checkout"', reason: expect.stringContaining('namespaces') }]);
    expect(findingsIn(serviceAccountsMixed, authorizationPolicy('b', { rules: from({ notServiceAccounts: ['x'], notPrincipals: ['y'] }) }))).toHaveLength(1);
  });
  test('are told as principals of the same source, so that the mended policy lets in nobody else', () => {
    const fix = (source: object) => findingsIn(serviceAccountsMixed, authorizationPolicy('a', { rules: from(source) }))[0].fix;
    expect(fix({ serviceAccounts: ['shop/checkout', 'till'], namespaces: ['shop'] }))
      .toContain('principals of the same source: cluster.local/ns/shop/sa/checkout, cluster.local/ns/shop/sa/till;');
    expect(fix({ notServiceAccounts: ['bank/teller'], notPrincipals: ['y'] })).toContain('notPrincipals of the same source: cluster.local/ns/bank/sa/teller;');
    expect(fix({ serviceAccounts: ['till'], principals: ['*/sa/till'] })).toContain('keep those principals alone that are among them;');
  });
  test('are clean in a source of their own', () => {
    expect(findingsIn(serviceAccountsMixed, authorizationPolicy('a', {
      rules: [{ from: [{ source: { serviceAccounts: ['shop/checkout'] } }, { source: { namespaces: ['shop'] } }] }],
    }))).toEqual([]);
  });
});

describe('SM0225: DENY and CUSTOM', () => {
  test('are refused without rules', () => {
    expect(findingsIn(denyWithoutRules, authorizationPolicy('d', { action: 'DENY' }), authorizationPolicy('c', { action: 'CUSTOM', rules: [] })))
      .toMatchObject([{ field: 'spec.rules', reason: expect.stringContaining('DENY') }, { reason: expect.stringContaining('CUSTOM') }]);
  });
  test('are clean with one, and ALLOW without any denies everything', () => {
    expect(findingsIn(denyWithoutRules, authorizationPolicy('d', { action: 'DENY', rules: [{}] }), authorizationPolicy('a', {}), authorizationPolicy('e', { action: 'ALLOW' })))
      .toEqual([]);
  });
});

describe('SM0228: a caller\'s identity', () => {
  const byPrincipal = (name: string) => authorizationPolicy(name, { selector: SELECTOR, rules: from({ principals: ['cluster.local/ns/shop/sa/checkout'] }) });
  const off = { mtls: { mode: 'DISABLE' } };

  test('is asked for in vain where mutual TLS is disabled: for the namespace, the workload or the mesh', () => {
    for (const peer of [peerAuthentication('default', off), peerAuthentication('ledger', { ...off, selector: SELECTOR }), peerAuthentication('default', off, 'istio-system')]) {
      expect(findingsIn(identityWithoutMtls, byPrincipal('ledger'), peer))
        .toMatchObject([{ code: 'SM0228', path: 'chart/raw-0-0', field: 'spec.rules[0].from[0].source.principals', peers: ['KIA0105'], reason: expect.stringContaining('chart/raw-1-1') }]);
    }
    expect(findingsIn(identityWithoutMtls, peerAuthentication('default', off),
      authorizationPolicy('when', { rules: [{ when: [{ key: 'source.namespace', values: ['shop'] }] }] }))).toMatchObject([{ field: 'spec.rules[0].when[0].key' }]);
  });

  test('is nobody\'s in a list of callers and everybody\'s in a list of exceptions', () => {
    const reason = (rules: object[]) => findingsIn(identityWithoutMtls, peerAuthentication('default', off), authorizationPolicy('a', { rules }))[0].reason;
    expect(reason(from({ namespaces: ['shop'] }))).toContain('nobody meets this condition');
    expect(reason(from({ notNamespaces: ['shop'] }))).toContain('everybody meets this condition');
    expect(reason([{ when: [{ key: 'source.principal', values: ['a'], notValues: ['b'] }] }])).toContain('nobody meets this condition');
    expect(reason([{ when: [{ key: 'source.principal', notValues: ['b'] }] }])).toContain('everybody meets this condition');
  });

  test('is clean where a closer PeerAuthentication switches it on again, or another workload is meant', () => {
    expect(findingsIn(identityWithoutMtls, byPrincipal('ledger'), peerAuthentication('default', off, 'istio-system'), peerAuthentication('default', { mtls: { mode: 'STRICT' } })))
      .toEqual([]);
    expect(findingsIn(identityWithoutMtls, byPrincipal('ledger'), peerAuthentication('details', { ...off, selector: { matchLabels: { app: 'details' } } }))).toEqual([]);
    expect(findingsIn(identityWithoutMtls, byPrincipal('ledger'))).toEqual([]);
    expect(findingsIn(identityWithoutMtls, peerAuthentication('default', off), authorizationPolicy('a', { rules: to({ methods: ['GET'] }) }))).toEqual([]);
  });
});

describe('SM0229: HTTP in a policy of ambient pods', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'istio.io/dataplane-mode': 'ambient' } } };
  const rules = [...from({ namespaces: ['shop'] }), ...to({ methods: ['GET'] })];

  test('is reported: ztunnel leaves the rule out', () => {
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('ledger', { selector: SELECTOR, rules })))
      .toMatchObject([{ severity: Severity.WARNING, field: 'spec.rules[1]', value: '"methods"', peers: ['KIA0109', 'KIA0110', 'KIA1317'], reason: expect.stringContaining('never matches') }]);
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('no', { action: 'DENY', rules: [{ when: [{ key: 'request.headers[x]', values: ['y'] }] }] })))
      .toMatchObject([{ value: '"request.headers[x]"', reason: expect.stringContaining('has no effect') }]);
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('no', { action: 'DENY', rules: [{ to: [{ operation: { methods: ['POST'], ports: ['80'] } }] }] })))
      .toMatchObject([{ value: '"methods"', reason: expect.stringContaining('more than it says') }]);
  });

  test.each([
    ['that refuse a sidecar, which ztunnel does not mind', { 'sidecar.istio.io/inject': 'false' }, {}, 1],
    ['that opt out of ztunnel', { 'istio.io/dataplane-mode': 'none' }, {}, 0],
    ['on the network of their node', {}, { hostNetwork: true }, 0],
  ])('goes by the pods: those %s', (_, labels, spec, found) => {
    const pods = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'ledger' }, spec: { template: { metadata: { labels: { app: 'ledger', ...labels } }, spec } } };
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('ledger', { selector: SELECTOR, rules }), pods)).toHaveLength(found);
  });

  test('is clean on a waypoint, for sidecars, and where only callers and ports are named', () => {
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('ledger', { targetRefs: [{ kind: 'Service', name: 'ledger' }], rules }))).toEqual([]);
    expect(findingsIn(httpInAmbient, authorizationPolicy('ledger', { selector: SELECTOR, rules }))).toEqual([]);
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('ledger', { selector: SELECTOR, rules }), {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'ledger' },
      spec: { template: { metadata: { labels: { 'app': 'ledger', 'sidecar.istio.io/inject': 'true' } } } },
    })).toEqual([]);
    expect(findingsIn(httpInAmbient, namespace, authorizationPolicy('l4', {
      rules: [{ ...from({ principals: ['a'] })[0], ...to({ ports: ['8080'] })[0], when: [{ key: 'source.ip', values: ['10.0.0.0/8'] }] }],
    }))).toEqual([]);
  });
});

describe('SM0230 and SM0231: paths', () => {
  const paths = (...values: string[]) => authorizationPolicy('ledger', { rules: to({ paths: values }) });

  // the valid and invalid examples of authorization_policy.proto
  test.each(['/foo/{*}', '/foo/{**}/', '/foo/{*}/bar/{**}', '/foo', '/foo*', '*foo', '*'])('%s is clean', path => {
    expect([...findingsIn(pathTemplate, paths(path)), ...findingsIn(pathNeverMatches, paths(path))]).toEqual([]);
  });
  test.each(['/*/baz/{*}', '/**/baz/{*}', '/{**}/foo/{*}', '/foo/{*}.txt', '/orders/{id}', '/foo/{*}/bar*'])('%s is refused by Istio', path => {
    expect(findingsIn(pathTemplate, paths('/fine', path)))
      .toMatchObject([{ code: 'SM0230', field: 'spec.rules[0].to[0].operation.paths', value: JSON.stringify(path), peers: ['IST0106'] }]);
  });
  test.each(['orders', '/v1/*/items', '*orders*'])('%s never matches', path => {
    expect(findingsIn(pathNeverMatches, paths('/fine', path))).toMatchObject([{ code: 'SM0231', severity: Severity.WARNING, value: JSON.stringify(path) }]);
  });
});

describe('SM0232: a port', () => {
  test.each(['http', '80-90', '65536', '-1', '8080/TCP'])('%s is refused', port => {
    expect(findingsIn(noPort, authorizationPolicy('ledger', { rules: to({ notPorts: ['8080', port] }) })))
      .toMatchObject([{ field: 'spec.rules[0].to[0].operation.notPorts', value: JSON.stringify(port), peers: ['IST0106'] }]);
  });
  test('is a number of a port', () => {
    const found = findingsIn(noPort, peerAuthentication('ledger', { selector: SELECTOR, portLevelMtls: { 0: {}, 1: {}, 65535: {}, 65536: {} } }));
    expect(found.map(f => f.value)).toEqual(['"0"', '"65536"']);
    expect(found[0].reason).toContain('from 1 to 65535');
    expect(findingsIn(noPort, authorizationPolicy('ledger', { rules: to({ ports: ['0', '1', '8080', '65535'] }) }))).toEqual([]);
    expect(findingsIn(noPort, authorizationPolicy('ledger', { rules: to({ ports: ['http'] }) }))).toMatchObject([{ reason: expect.stringContaining('from 0 to 65535') }]);
  });
});
