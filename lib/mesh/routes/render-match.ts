import { Conditions, RouteMatch } from './route-match';
import { TextMatch } from './text-match';
import { VirtualServiceSpecHttpMatch } from '../../../imports/networking.istio.io';
import { IMeshGateway } from '../gateway/gateway-reference';

/** How a VirtualService of a namespace calls a gateway. */
export function gatewayText(gateway: IMeshGateway, namespace: string): string {
  return gateway.gatewayNamespace === namespace ? gateway.gatewayName : `${gateway.gatewayNamespace}/${gateway.gatewayName}`;
}

/** The matches of a route; a path with all below it takes two, since Istio's prefix ends anywhere in a segment. */
export function renderMatches(matches: readonly RouteMatch[] | undefined, namespace: string): VirtualServiceSpecHttpMatch[] | undefined {
  if (matches === undefined || matches.length === 0) return undefined;
  const rendered = matches.flatMap(match => uris(match._conditions).map(uri => ({ uri, ...rest(match._conditions, namespace) })));
  // a match that asks for nothing takes everything, whatever the others ask for
  return rendered.some(match => Object.values(match).every(value => value === undefined)) ? undefined : rendered;
}

function uris({ path }: Conditions): VirtualServiceSpecHttpMatch['uri'][] {
  switch (path?.kind) {
    case 'exact': return [{ exact: path.path }];
    case 'text': return [{ prefix: path.path }];
    case 'regex': return [{ regex: path.path }];
    case 'segments': return path.path === '/' ? [undefined] : [{ exact: path.path }, { prefix: `${path.path}/` }];
    default: return [undefined];
  }
}

function rest(conditions: Conditions, namespace: string): Omit<VirtualServiceSpecHttpMatch, 'uri'> {
  return {
    ignoreUriCase: conditions.ignoreCase,
    method: methods(conditions),
    headers: texts(conditions.headers),
    withoutHeaders: texts(conditions.withoutHeaders),
    queryParams: texts(conditions.query),
    authority: conditions.authority?._render(),
    scheme: conditions.scheme?._render(),
    port: conditions.port,
    sourceNamespace: conditions.sourceNamespace,
    sourceLabels: conditions.sourceLabels,
    gateways: conditions.gateways?.map(gateway => gatewayText(gateway, namespace)),
    statPrefix: conditions.statPrefix,
    name: conditions.name,
  };
}

function methods({ methods: asked }: Conditions): VirtualServiceSpecHttpMatch['method'] {
  if (asked === undefined || asked.length === 0) return undefined;
  return asked.length === 1 ? { exact: asked[0] } : { regex: asked.join('|') };
}

function texts(values: Readonly<Record<string, TextMatch>> | undefined): Record<string, { exact?: string; prefix?: string; regex?: string }> | undefined {
  return values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value._render()]));
}
