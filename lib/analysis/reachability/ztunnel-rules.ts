import { isBlock, isWithin } from './addresses';
import { Arrival, matchesPrincipal, matchesServiceAccount, noted } from './arrival';
import { matchesText } from './patterns';
import { allOf, anyOf, not, OPEN, Truth } from './truth';
import { entriesOf, Fields, fieldsOf, mapsOf, numberOf, textOf, textsOf } from '../values';

const HTTP_SOURCE = ['remoteIpBlocks', 'notRemoteIpBlocks', 'requestPrincipals', 'notRequestPrincipals'];
const HTTP_OPERATION = ['hosts', 'notHosts', 'methods', 'notMethods', 'paths', 'notPaths'];
const CONDITIONS: Readonly<Record<string, string>> = {
  'source.ip': 'ipBlocks',
  'source.namespace': 'namespaces',
  'source.principal': 'principals',
  'destination.ip': 'destinationIps',
  'destination.port': 'ports',
};

type Attribute = (value: string) => Truth;

/**
 * Whether a rule matches a connection at ztunnel, which sees no HTTP (istio pilot/pkg/serviceregistry/ambient/authorization.go, handleRule).
 * An ALLOW rule that asks for HTTP is left out. Of a DENY rule the HTTP part is left out, and a list of which nothing remains matches nothing.
 */
export function matchesAtZtunnel(rule: Fields, scope: { readonly action: string; readonly namespace: string }, arrival: Arrival): Truth {
  const sources = entriesOf(rule.from, 'from').map(({ value }) => fieldsOf(value.source));
  const operations = entriesOf(rule.to, 'to').map(({ value }) => fieldsOf(value.operation));
  const conditions = mapsOf(rule.when);
  const asksForHttp = sources.some(source => HTTP_SOURCE.some(list => isSaid(source[list])))
    || operations.some(operation => HTTP_OPERATION.some(list => isSaid(operation[list])))
    || conditions.some(condition => CONDITIONS[textOf(condition.key) ?? ''] === undefined);
  if (asksForHttp && scope.action === 'ALLOW') return false;
  const clauses = [
    ...operations.length > 0 ? [operations] : [],
    ...sources.length > 0 ? [sources] : [],
    ...conditions.map(condition => [asPart(condition)]),
  ];
  return allOf(clauses, clause => anyOf(clause, part => holds(part, scope.namespace, arrival)));
}

function holds(part: Fields, namespace: string, arrival: Arrival): Truth {
  const attributes = attributesOf(namespace, arrival);
  const said = Object.keys(attributes).filter(list => isSaid(part[list]) || isSaid(part[negated(list)]));
  if (said.length === 0) return false;
  return allOf(said, list => allOf([
    () => isSaid(part[list]) ? anyOf(textsOf(part[list]), attributes[list]) : true,
    () => not(anyOf(textsOf(part[negated(list)]), attributes[list])),
  ], one => one()));
}

function attributesOf(namespace: string, arrival: Arrival): Record<string, Attribute> {
  const { identity, sourceIp, port } = arrival;
  const account = (truth: Truth) => noted(arrival, 'the service account of the caller', truth);
  const inBlock = (block: string) => sourceIp === OPEN ? undefined : sourceIp !== undefined && isBlock(block) && isWithin(block, sourceIp);
  return {
    principals: value => account(matchesPrincipal(value, identity)),
    namespaces: value => matchesText(value, identity?.namespace),
    serviceAccounts: value => account(matchesServiceAccount(value, namespace, identity)),
    ipBlocks: value => noted(arrival, 'the address of the caller', inBlock(value)),
    destinationIps: () => noted(arrival, 'the address of the pod', undefined),
    ports: value => noted(arrival, 'the port', port === undefined ? undefined : numberOf(value) === port),
  };
}

function asPart(condition: Fields): Fields {
  const list = CONDITIONS[textOf(condition.key) ?? ''];
  return list === undefined ? {} : { [list]: condition.values, [negated(list)]: condition.notValues };
}

function negated(list: string): string {
  return `not${list[0].toUpperCase()}${list.slice(1)}`;
}

function isSaid(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
