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

/** One test of a rule: some values that may match, some that must not; of both those that can be read. */
interface Test {
  readonly values: readonly string[];
  readonly notValues: readonly string[];
  readonly httpOnly: boolean;
  /** Whether every value can be read. */
  readonly readable: boolean;
  readonly matches: Match;
}

type Match = (value: string, arrival: Arrival) => Truth;

interface Attribute {
  readonly matches: Match;
  readonly httpOnly?: boolean;
  isValid?(value: string): boolean;
}

/** A rule made ready for many requests. */
export type EnvoyRule = (arrival: Arrival) => Truth;

/**
 * Whether a rule matches a request at an Envoy: a sidecar, a gateway or a waypoint (istio pilot/pkg/security/authz/model/model.go).
 * What cannot be read off a connection without HTTP, or is written wrongly, makes an ALLOW rule match nothing and is left out of all others.
 */
export function envoyRule(rule: Fields, scope: RuleScope): EnvoyRule {
  const conditions: Test[] = [];
  for (const { value } of entriesOf(rule.when, 'when')) {
    const attribute = attributeOf(textOf(value.key) ?? '', scope);
    // the whole rule is skipped, whatever the action
    if (attribute === undefined) return () => false;
    conditions.push(test(attribute, value.values, value.notValues));
  }
  const sources = entriesOf(rule.from, 'from').map(({ value }) => tests(fieldsOf(value.source), scope, SOURCE));
  const operations = entriesOf(rule.to, 'to').map(({ value }) => tests(fieldsOf(value.operation), scope, OPERATION));
  const everything = [conditions, ...sources, ...operations].flat();
  const isAllow = scope.action === 'ALLOW';
  if (isAllow && everything.some(one => !one.readable)) return () => false;
  const asksForHttp = everything.some(one => one.httpOnly);
  const clauses = [[conditions], sources, operations].filter(groups => groups.length > 0);
  return arrival => {
    if (isAllow && asksForHttp && !arrival.http) return false;
    return allOf(clauses, groups => anyOf(groups, group => allOf(group, one => holds(one, arrival))));
  };
}

function holds({ values, notValues, httpOnly, matches }: Test, arrival: Arrival): Truth {
  if (httpOnly && !arrival.http) return true;
  const one = (value: string) => matches(value, arrival);
  const wanted = values.length === 0 ? true : anyOf(values, one);
  if (wanted === false || notValues.length === 0) return wanted;
  const others = not(anyOf(notValues, one));
  return others === true ? wanted : others;
}

/** Lists of a source or an operation, and the attribute that their values are held against. */
const SOURCE = lists({
  principals: 'source.principal',
  requestPrincipals: 'request.auth.principal',
  namespaces: 'source.namespace',
  ipBlocks: 'source.ip',
  remoteIpBlocks: 'remote.ip',
  serviceAccounts: 'source.serviceAccount',
  trustDomains: 'source.trustDomain',
});
const OPERATION = lists({ hosts: 'host', ports: 'destination.port', methods: 'method', paths: 'path' });

interface ValueList {
  readonly list: string;
  readonly notList: string;
  readonly key: string;
}

function lists(keys: Readonly<Record<string, string>>): ValueList[] {
  return Object.entries(keys).map(([list, key]) => ({ list, notList: `not${list[0].toUpperCase()}${list.slice(1)}`, key }));
}

function tests(part: Fields, scope: RuleScope, known: readonly ValueList[]): Test[] {
  const found: Test[] = [];
  for (const { list, notList, key } of known) {
    if (isSaid(part[list]) || isSaid(part[notList])) found.push(test(attributeOf(key, scope)!, part[list], part[notList]));
  }
  return found;
}

function isSaid(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}

function test({ matches, httpOnly = false, isValid = () => true }: Attribute, values: unknown, notValues: unknown): Test {
  const [all, allNot] = [textsOf(values), textsOf(notValues)];
  const [read, readNot] = [all.filter(value => isValid(value)), allNot.filter(value => isValid(value))];
  return { values: read, notValues: readNot, httpOnly, readable: read.length + readNot.length === all.length + allNot.length, matches };
}

function attributeOf(key: string, scope: RuleScope): Attribute | undefined {
  const named = inBrackets(key);
  switch (named?.head ?? key) {
    case 'host': return { httpOnly: true, matches: (value, arrival) => noted(arrival, 'the host', matchesHost(value, arrival.host)) };
    case 'method': return { httpOnly: true, ...ofText('the method', arrival => arrival.method) };
    case 'path': return { httpOnly: true, matches: (value, arrival) => noted(arrival, 'the path', matchesPath(value, arrival.path)) };
    case 'destination.port': return { isValid: isPort, matches: (value, arrival) => noted(arrival, 'the port', arrival.port === undefined ? undefined : Number(value) === arrival.port) };
    case 'destination.ip': return ofAddress('the address of the pod', () => OPEN);
    case 'connection.sni': return ofText('the server name of the connection', arrival => arrival.sni);
    case 'source.ip': return ofAddress('the address of the caller', arrival => arrival.sourceIp);
    case 'remote.ip': return ofAddress('the original address of the client', arrival => arrival.remoteIp);
    case 'source.namespace': return { matches: (value, { identity }) => identity === undefined ? false : matchesGlob(value, identity.namespace) };
    case 'source.trustDomain': return ofText('the trust domain', ({ identity }) => identity?.trustDomain);
    case 'source.principal': return account((value, { identity }) => matchesPrincipal(localised(value, scope), identity));
    case 'source.serviceAccount': return account((value, { identity }) => matchesServiceAccount(value, scope.namespace, identity));
    case 'request.auth.principal': return token((value, { claims }) => matchesRequestPrincipal(value, claims));
    case 'request.auth.audiences': return token((value, { claims }) => matchesClaim(value, claims, ['aud']));
    case 'request.auth.presenter': return token((value, { claims }) => matchesClaim(value, claims, ['azp']));
    case 'request.auth.claims': return named && token((value, { claims }) => matchesClaim(value, claims, named.names));
    case 'request.headers': return named && { httpOnly: true, matches: (value, arrival) => header(value, named.names.join(']['), arrival) };
    default: return key.startsWith('experimental.envoy.filters.') ? { matches: (_, arrival) => noted(arrival, 'what another filter of the proxy finds', undefined) } : undefined;
  }
}

function ofText(what: string, said: (arrival: Arrival) => Arrival['host']): Attribute {
  return { matches: (value, arrival) => noted(arrival, what, matchesText(value, said(arrival))) };
}

function ofAddress(what: string, said: (arrival: Arrival) => Arrival['sourceIp']): Attribute {
  return { isValid: isBlock, matches: (block, arrival) => noted(arrival, what, inBlock(block, said(arrival))) };
}

function account(matches: Match): Attribute {
  return { matches: (value, arrival) => noted(arrival, 'the service account of the caller', matches(value, arrival)) };
}

function token(matches: Match): Attribute {
  return {
    httpOnly: true,
    matches: (value, arrival) => noted(arrival, 'the token', arrival.unsaid && arrival.claims === undefined ? undefined : matches(value, arrival)),
  };
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
