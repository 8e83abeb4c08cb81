import { gateways, gatewaySelector, Server, serversOf } from './servers';
import { Severity } from '../../../../core/problem';
import { hostForNamespace } from '../../../hosts';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { isSelected, Selector, selectorText, workloadsOf } from '../../../workloads';
import { firstFew, paths } from '../listing';

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
    const holders = context.model.derived(readHolders);
    for (const object of gateways(context.model)) {
      const selector = gatewaySelector(object);
      for (const server of serversOf(object)) {
        const shared = keysOf(object, server).map(key => ({ host: key.slice(key.lastIndexOf('|') + 1), others: rivals(context.model, holders.get(key)!, object, selector) }))
          .filter(({ others }) => others.length > 0);
        if (shared.length === 0) continue;
        const others = [...new Set(shared.flatMap(claim => claim.others))];
        context.report(object, {
          field: `${server.field}.hosts`,
          value: shared.map(({ host }) => host),
          reason: `${paths(others)} ${others.length > 1 ? 'have' : 'has'} the same host at port ${server.port} of the same pods (${selectorText(selector)})`,
          fix: 'give each gateway hosts of its own, or write the servers into one Gateway',
        });
      }
    }
  },
};

/** Gateways with a host at a port, by their selectors. */
type Holders = ReadonlyMap<string, { readonly selector: Selector; readonly gateways: readonly ModelObject[] }>;

function readHolders(model: ManifestModel): ReadonlyMap<string, Holders> {
  const found = new Map<string, Map<string, { selector: Selector; gateways: ModelObject[] }>>();
  for (const object of gateways(model)) {
    const selector = gatewaySelector(object);
    for (const key of new Set(serversOf(object).flatMap(server => keysOf(object, server)))) {
      const bySelector = found.get(key) ?? new Map<string, { selector: Selector; gateways: ModelObject[] }>();
      found.set(key, bySelector);
      const holder = bySelector.get(sorted(selector)) ?? { selector, gateways: [] };
      bySelector.set(sorted(selector), holder);
      holder.gateways.push(object);
    }
  }
  return found;
}

/** A few of the gateways that hold the same for the same pods. */
function rivals(model: ManifestModel, holders: Holders, own: ModelObject, selector: Selector): ModelObject[] {
  const found: ModelObject[] = [];
  for (const holder of holders.values()) {
    if (found.length > 3) break;
    if (holder.selector === selector || samePods(model, selector, holder.selector)) found.push(...firstFew(holder.gateways, other => other !== own));
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
  return sorted(a) === sorted(b) || workloadsOf(model).selectedBy(a).some(workload => isSelected(workload, b));
}

function sorted(selector: Selector): string {
  return selectorText(selector).split(',').sort().join(',');
}
