import { isBlock, isWithin } from './addresses';
import { Arrival, matchesPrincipal, matchesServiceAccount, noted } from './arrival';
import { matchesClaim, matchesRequestPrincipal } from './claims';
import { matchesGlob, matchesHost, matchesPath, matchesText } from './patterns';
import { allOf, anyOf, not, OPEN, Truth } from './truth';
import { entriesOf, Fields, fieldsOf, numberOf, textOf, textsOf } from '../values';

/** A policy's surroundings that decide what its rules mean. */
export interface RuleScope {
  readonly action: string;
  readonly namespace: string;
  readonly trustDomain: string;
}

/** One test of a rule: some values that may match, some that must not. */
interface Test {
  readonly values: readonly string[];
  readonly notValues: readonly string[];
  readonly httpOnly: boolean;
  isValid(value: string): boolean;
  matches(value: string): Truth;
}

type Attribute = Pick<Test, 'matches'> & Partial<Pick<Test, 'httpOnly' | 'isValid'>>;

/**
 * Whether a rule matches a request at an Envoy: a sidecar, a gateway or a waypoint (istio pilot/pkg/security/authz/model/model.go).
 * What cannot be read off a connection without HTTP, or is written wrongly, makes an ALLOW rule match nothing and is left out of all others.
 */
export function matchesAtEnvoy(rule: Fields, scope: RuleScope, arrival: Arrival): Truth {
  const conditions: Test[] = [];
  for (const { value } of entriesOf(rule.when, 'when')) {
    const attribute = attributeOf(textOf(value.key) ?? '', scope, arrival);
    // the whole rule is skipped, whatever the action
    if (attribute === undefined) return false;
    conditions.push(test(attribute, value.values, value.notValues));
  }
  const sources = entriesOf(rule.from, 'from').map(({ value }) => sourceTests(fieldsOf(value.source), scope, arrival));
  const operations = entriesOf(rule.to, 'to').map(({ value }) => operationTests(fieldsOf(value.operation), scope, arrival));
  const everything = [conditions, ...sources, ...operations];
  if (scope.action === 'ALLOW' && everything.flat().some(one => isUnreadable(one, arrival))) return false;
  const alternatives = (groups: Test[][]): Truth => groups.length === 0 ? true : anyOf(groups, group => allOf(group, one => holds(one, arrival)));
  return allOf([() => allOf(conditions, one => holds(one, arrival)), () => alternatives(sources), () => alternatives(operations)], part => part());
}

function isUnreadable(one: Test, arrival: Arrival): boolean {
  return (one.httpOnly && !arrival.http) || [...one.values, ...one.notValues].some(value => !one.isValid(value));
}

function holds(one: Test, arrival: Arrival): Truth {
  if (one.httpOnly && !arrival.http) return true;
  const [values, notValues] = [one.values, one.notValues].map(list => list.filter(value => one.isValid(value)));
  return allOf([
    () => values.length === 0 ? true : anyOf(values, one.matches),
    () => not(anyOf(notValues, one.matches)),
  ], part => part());
}

function sourceTests(source: Fields, scope: RuleScope, arrival: Arrival): Test[] {
  return tests(source, scope, arrival, {
    principals: 'source.principal',
    requestPrincipals: 'request.auth.principal',
    namespaces: 'source.namespace',
    ipBlocks: 'source.ip',
    remoteIpBlocks: 'remote.ip',
    serviceAccounts: 'source.serviceAccount',
    trustDomains: 'source.trustDomain',
  });
}

function operationTests(operation: Fields, scope: RuleScope, arrival: Arrival): Test[] {
  return tests(operation, scope, arrival, { hosts: 'host', ports: 'destination.port', methods: 'method', paths: 'path' });
}

function tests(part: Fields, scope: RuleScope, arrival: Arrival, keys: Readonly<Record<string, string>>): Test[] {
  return Object.entries(keys).flatMap(([list, key]) => {
    const [values, notValues] = [part[list], part[`not${list[0].toUpperCase()}${list.slice(1)}`]];
    return isSaid(values) || isSaid(notValues) ? [test(attributeOf(key, scope, arrival)!, values, notValues)] : [];
  });
}

function isSaid(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function test(attribute: Attribute, values: unknown, notValues: unknown): Test {
  return { httpOnly: false, isValid: () => true, ...attribute, values: textsOf(values), notValues: textsOf(notValues) };
}

function attributeOf(key: string, scope: RuleScope, arrival: Arrival): Attribute | undefined {
  const { identity, claims } = arrival;
  const text = (what: string, said: Arrival['host']) => ({ matches: (value: string) => noted(arrival, what, matchesText(value, said)) });
  const address = (what: string, said: Arrival['sourceIp']) => ({ isValid: isBlock, matches: (block: string) => noted(arrival, what, inBlock(block, said)) });
  const named = inBrackets(key);
  const token = (truth: Truth) => noted(arrival, 'the token', arrival.unsaid && claims === undefined ? undefined : truth);
  switch (named?.head ?? key) {
    case 'host': return { httpOnly: true, matches: value => noted(arrival, 'the host', matchesHost(value, arrival.host)) };
    case 'method': return { httpOnly: true, ...text('the method', arrival.method) };
    case 'path': return { httpOnly: true, matches: value => noted(arrival, 'the path', matchesPath(value, arrival.path)) };
    case 'destination.port': return { isValid: isPort, matches: value => noted(arrival, 'the port', arrival.port === undefined ? undefined : Number(value) === arrival.port) };
    case 'destination.ip': return address('the address of the pod', OPEN);
    case 'connection.sni': return text('the server name of the connection', arrival.sni);
    case 'source.ip': return address('the address of the caller', arrival.sourceIp);
    case 'remote.ip': return address('the original address of the client', arrival.remoteIp);
    case 'source.namespace': return { matches: value => identity === undefined ? false : matchesGlob(value, identity.namespace) };
    case 'source.trustDomain': return text('the trust domain', identity?.trustDomain);
    case 'source.principal': return { matches: value => noted(arrival, 'the service account of the caller', matchesPrincipal(localised(value, scope), identity)) };
    case 'source.serviceAccount': return { matches: value => noted(arrival, 'the service account of the caller', matchesServiceAccount(value, scope.namespace, identity)) };
    case 'request.auth.principal': return { httpOnly: true, matches: value => token(matchesRequestPrincipal(value, claims)) };
    case 'request.auth.audiences': return { httpOnly: true, matches: value => token(matchesClaim(value, claims, ['aud'])) };
    case 'request.auth.presenter': return { httpOnly: true, matches: value => token(matchesClaim(value, claims, ['azp'])) };
    case 'request.auth.claims': return named && { httpOnly: true, matches: value => token(matchesClaim(value, claims, named.names)) };
    case 'request.headers': return named && { httpOnly: true, matches: value => header(value, named.names.join(']['), arrival) };
    default: return key.startsWith('experimental.envoy.filters.') ? { matches: () => noted(arrival, 'what another filter of the proxy finds', undefined) } : undefined;
  }
}

function header(pattern: string, name: string, arrival: Arrival): Truth {
  const value = arrival.headers[name.toLowerCase()];
  return noted(arrival, `the header ${name}`, arrival.unsaid && value === undefined ? undefined : matchesHeader(pattern, value));
}

/** A header that is there but empty is present all the same. */
function matchesHeader(pattern: string, value: string | undefined): Truth {
  return pattern === '*' ? value !== undefined : matchesText(pattern, value);
}

function inBlock(block: string, address: Arrival['sourceIp']): Truth {
  if (address === OPEN) return undefined;
  return address === undefined ? false : isWithin(block, address);
}

function isPort(text: string): boolean {
  return (numberOf(text) ?? 65536) <= 65535;
}

/** `cluster.local` stands for the trust domain of the mesh, whatever that is (istio pilot/pkg/security/trustdomain/bundle.go). */
function localised(principal: string, { trustDomain }: RuleScope): string {
  const parts = principal.split('/');
  return parts.length === 5 && parts[0] === 'cluster.local' ? [trustDomain, ...parts.slice(1)].join('/') : principal;
}

function inBrackets(key: string): { head: string; names: string[] } | undefined {
  const found = /^([a-z.]+)((?:\[[^[\]]+\])+)$/.exec(key);
  return found ? { head: found[1], names: found[2].slice(1, -1).split('][') } : undefined;
}
