import { isAddressOrBlock } from './addresses';
import { eachOfSecurity, items } from './each';
import { conditionsOf, sourcesOf } from './policy-parts';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, isGiven, textOf } from '../../../workloads';

const PLAIN_KEYS = ['source.namespace', 'source.principal', 'request.auth.principal', 'request.auth.audiences', 'request.auth.presenter', 'connection.sni'];
const ADDRESS_KEYS = ['source.ip', 'remote.ip', 'destination.ip'];
const KEYED = /^(?:request\.headers|request\.auth\.claims|experimental\.envoy\.filters\.)/;

export const policyAddresses: Rule = {
  code: 'SM1062',
  title: 'address in an AuthorizationPolicy that is none',
  explanation: 'ipBlocks and remoteIpBlocks list IP addresses and blocks of them (ValidateIPs in istio pkg/config/security/security.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - from: [{ source: { ipBlocks: [10.0.0.0/33] } }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - from: [{ source: { ipBlocks: [10.0.0.0/8] } }]
`,
  },
  check: eachOfSecurity('AuthorizationPolicy', spec => sourcesOf(spec).flatMap(({ field, value }) => (
    ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'].flatMap(name => inAddresses(value[name], `${field}.${name}`))))),
};

export const policyConditions: Rule = {
  code: 'SM1063',
  title: 'condition of an AuthorizationPolicy that Istio does not know',
  explanation: 'Conditions look at attributes that Istio knows, with values of their kind (ValidateAttribute in istio pkg/config/security/security.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - when: [{ key: request.header, values: [v1] }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - when: [{ key: "request.headers[x-version]", values: [v1] }]
`,
  },
  check: eachOfSecurity('AuthorizationPolicy', spec => conditionsOf(spec).flatMap(inCondition)),
};

export const policyServiceAccounts: Rule = {
  code: 'SM1064',
  title: 'service account or trust domain that is none',
  explanation: 'Service accounts are name or namespace/name, without asterisks; a trust domain has at most one, at an end, and no slash '
    + '(CheckServiceAccount and CheckTrustDomainValues in istio pkg/config/security/security.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - from: [{ source: { serviceAccounts: [shop/*] } }]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  rules:
    - from: [{ source: { serviceAccounts: [shop/orders] } }]
`,
  },
  check: eachOfSecurity('AuthorizationPolicy', spec => sourcesOf(spec).flatMap(({ field, value }) => [
    ...['serviceAccounts', 'notServiceAccounts'].flatMap(name => inServiceAccounts(value[name], `${field}.${name}`)),
    ...['trustDomains', 'notTrustDomains'].flatMap(name => inTrustDomains(value[name], `${field}.${name}`, false)),
  ])),
};

export const policyTargets: Rule = {
  code: 'SM1065',
  title: 'target of a policy that no policy is attached to',
  explanation: 'Policies are attached to a Service, a ServiceEntry, a Gateway of the Gateway API or a GatewayClass '
    + '(validatePolicyTargetReference in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  targetRefs: [{ group: networking.istio.io, kind: Gateway, name: edge }]
  rules: [{}]
`,
    accepted: `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  targetRefs: [{ group: networking.istio.io, kind: ServiceEntry, name: edge }]
  rules: [{}]
`,
  },
  check(context) {
    for (const [group, kind] of TARGETING) {
      for (const object of context.model.ofKind(group, kind)) {
        for (const finding of inTargets(object.manifest.spec)) context.report(object, finding);
      }
    }
  },
};

const TARGETING = [['security.istio.io', 'AuthorizationPolicy'], ['security.istio.io', 'RequestAuthentication'], ['telemetry.istio.io', 'Telemetry'],
  ['extensions.istio.io', 'WasmPlugin'], ['extensions.istio.io', 'TrafficExtension']] as const;
const TARGETS = ['/Service', 'core/Service', 'networking.istio.io/ServiceEntry', 'gateway.networking.k8s.io/Gateway', 'gateway.networking.k8s.io/GatewayClass'];

function inTargets(value: unknown): Finding[] {
  const spec = fieldsOf(value);
  const single: Entry[] = isGiven(spec.targetRef) ? [{ field: 'spec.targetRef', value: fieldsOf(spec.targetRef) }] : [];
  return [...single, ...entriesOf(spec.targetRefs, 'spec.targetRefs')].flatMap(({ field, value: target }) => {
    const kind = textOf(target.kind);
    const written = `${textOf(target.group) ?? ''}/${kind}`;
    if (kind === undefined || TARGETS.includes(written)) return [];
    return [{ field: `${field}.kind`, value: written, reason: 'no policy is attached to it', fix: 'write kind: Service, ServiceEntry (group networking.istio.io), Gateway or GatewayClass (group gateway.networking.k8s.io)' }];
  });
}

function inAddresses(value: unknown, at: string): Finding[] {
  return items(value, at).filter(({ text }) => !isAddressOrBlock(text))
    .map(({ field, text }) => ({ field, value: text, reason: 'this is no address and no block of addresses', fix: 'write an address such as 10.0.0.1 or a block such as 10.0.0.0/8' }));
}

function inCondition({ field, value }: Entry): Finding[] {
  const key = textOf(value.key);
  if (key === undefined || items(value.values, '').length + items(value.notValues, '').length === 0) return [];
  const lists = ['values', 'notValues'].map(name => [value[name], `${field}.${name}`] as const);
  if (ADDRESS_KEYS.includes(key)) return lists.flatMap(([list, at]) => inAddresses(list, at).filter(finding => finding.value !== ''));
  if (key === 'source.serviceAccount') return lists.flatMap(([list, at]) => inServiceAccounts(list, at));
  if (key === 'source.trustDomain') return lists.flatMap(([list, at]) => inTrustDomains(list, at, true));
  if (key === 'destination.port') {
    return lists.flatMap(([list, at]) => items(list, at)).filter(({ text }) => text !== '' && !(/^\d+$/.test(text) && Number(text) <= 65535))
      .map(({ field: at, text }) => ({ field: at, value: text, reason: 'this is no port', fix: 'write the number of a port of the pods, as text: "8080"' }));
  }
  if (PLAIN_KEYS.includes(key)) return [];
  if (KEYED.test(key)) {
    return /^[^[]+\[.+\]$/.test(key) ? [] : [{ field: `${field}.key`, value: key, reason: 'it does not say of which', fix: `write ${key.replace(/\[.*$/, '')}[name]` }];
  }
  const elsewhere = key === 'destination.namespace' ? 'the namespace of the policy' : key.startsWith('destination.labels') ? 'selector' : undefined;
  return [{
    field: `${field}.key`,
    value: key,
    reason: elsewhere === undefined ? 'Istio knows no such attribute' : `${elsewhere} says it`,
    fix: elsewhere === undefined ? `write one of ${[...ADDRESS_KEYS, ...PLAIN_KEYS].join(', ')}, source.serviceAccount, source.trustDomain, destination.port, request.headers[name] or request.auth.claims[name]` : 'leave it out',
  }];
}

function inServiceAccounts(value: unknown, at: string): Finding[] {
  return items(value, at).filter(({ text }) => text !== '' && !/^[^*/]+(?:\/[^*/]+)?$/.test(text))
    .map(({ field, text }) => ({ field, value: text, reason: 'a service account is name or namespace/name, without asterisks', fix: 'write namespace/name; for many write namespaces: or principals:' }));
}

function inTrustDomains(value: unknown, at: string, mayHaveSlash: boolean): Finding[] {
  return items(value, at).filter(({ text }) => !/^\*?[^*]*$|^[^*]*\*$/.test(text) || !mayHaveSlash && text.includes('/'))
    .map(({ field, text }) => ({ field, value: text, reason: 'a trust domain has at most one asterisk, at an end, and no slash', fix: 'write a trust domain such as cluster.local' }));
}
