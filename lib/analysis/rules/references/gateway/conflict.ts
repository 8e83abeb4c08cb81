import { gateways, gatewaySelector, Server, serversOf } from './servers';
import { Severity } from '../../../../core/problem';
import { hostForNamespace } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { addTo, isSelected, Selector, selectorText, Workload, workloadsOf } from '../../../workloads';

const gateway = (name: string, host: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [${host}]
`;

export const gatewayConflict: Rule = {
  code: 'SM0816',
  title: 'two gateways with one host at one port of the same pods',
  explanation: 'Servers of several Gateways for the same pods are merged; where two have the same host at the same port, one of them loses its routes or its certificate '
    + '(istio pkg/config/analysis/analyzers/gateway/conflictinggateway.go).',
  severity: Severity.WARNING,
  peers: ['IST0145', 'KIA0301'],
  example: {
    refused: `${gateway('shop', '"*"')}---\n${gateway('blog', '"*"')}`,
    accepted: `${gateway('shop', 'shop.example.com')}---\n${gateway('blog', 'blog.example.com')}`,
  },
  check(context) {
    for (const [loser, claims] of conflicts(context.model)) {
      for (const { server, hosts, others } of claims) {
        context.report(loser, {
          field: `${server.field}.hosts`,
          value: hosts,
          reason: `${others.map(other => other.path).join(' and ')} ${others.length > 1 ? 'have' : 'has'} the same host at port ${server.port} of the same pods (${selectorText(gatewaySelector(loser))})`,
          fix: 'give each gateway hosts of its own, or write the servers into one Gateway',
        });
      }
    }
  },
};

interface Claim {
  readonly server: Server;
  readonly hosts: readonly string[];
  readonly others: readonly ModelObject[];
}

interface Holder {
  readonly gateway: ModelObject;
  readonly selector: Selector;
}

/** For every gateway the servers whose hosts other gateways have at the same port and address. */
function conflicts(model: ManifestModel): Map<ModelObject, Claim[]> {
  const holders = new Map<string, Holder[]>();
  for (const object of gateways(model)) {
    const holder = { gateway: object, selector: gatewaySelector(object) };
    for (const server of serversOf(object)) {
      for (const key of keysOf(object, server)) addTo(holders, key, holder);
    }
  }
  const found = new Map<ModelObject, Claim[]>();
  for (const object of gateways(model)) {
    const selector = gatewaySelector(object);
    for (const server of serversOf(object)) {
      const shared = keysOf(object, server).map(key => ({
        host: key.slice(key.lastIndexOf('|') + 1),
        others: holders.get(key)!.filter(holder => holder.gateway !== object && samePods(model, selector, holder.selector)).map(holder => holder.gateway),
      })).filter(({ others }) => others.length > 0);
      if (shared.length === 0) continue;
      const claim = { server, hosts: shared.map(({ host }) => host), others: [...new Set(shared.flatMap(({ others }) => others))] };
      addTo(found, object, claim);
    }
  }
  return found;
}

function keysOf(object: ModelObject, { port, bind, hosts }: Server): string[] {
  return hosts.map(host => {
    const { namespace, host: name } = hostForNamespace(host, object.namespace ?? 'default');
    return `${port}|${bind}|${namespace}|${name}`;
  });
}

function samePods(model: ManifestModel, a: Selector, b: Selector): boolean {
  if (sorted(a) === sorted(b)) return true;
  const both = (workload: Workload) => isSelected(workload, b);
  return workloadsOf(model).selectedBy(a).some(both);
}

function sorted(selector: Selector): string {
  return selectorText(selector).split(',').sort().join(',');
}
