import { ProblemReport } from '../../core/problem';
import { IRouteTarget, isWorkloadVersion } from '../../core/route-target';
import { GatewayServerOptions } from '../gateway/gateway-server';
import { GatewayTlsMode, TlsVersion } from '../gateway/gateway-tls';
import type { SaidRoute } from '../routes/mesh-route';
import { RouteMatch } from '../routes/route-match';

const FIX = 'leave it out, or write the gateway with api: GatewayApi.ISTIO';

/** What a rule says that an HTTPRoute has no field for. */
export function ruleProblems({ name, options }: SaidRoute): ProblemReport[] {
  const action = options.action._action;
  const targets: IRouteTarget[] = action.kind === 'forward' ? action.targets.map(({ target }) => target) : [];
  const unsaid: [boolean, string, string][] = [
    [action.kind === 'respond', 'action', 'answers of its own'],
    [action.kind === 'delegate', 'action', 'delegation'],
    [options.retries !== undefined, 'retries', 'retries'],
    [options.fault !== undefined, 'fault', 'faults'],
    [options.rewrite?._kind === 'regex', 'rewrite', 'rewriting by regular expressions'],
    [options.rewrite?._kind === 'prefix' && !(options.match?.length && options.match.every(({ _conditions: { path } }) => path?.kind === 'segments')), 'rewrite',
      'replacing a part of the path where no match names it by pathPrefix'],
    [options.cors?.allowOrigins.some(({ _kind }) => _kind !== 'exact') ?? false, 'cors.allowOrigins', 'origins by a part or a pattern of them'],
    [targets.some(isWorkloadVersion), 'action', 'versions of a workload by their subset'],
    ...(options.match ?? []).flatMap(match => unsaidConditions(match).map((what): [boolean, string, string] => [true, 'match', what])),
  ];
  return unsaid.filter(([said]) => said).map(([, field, what]) => ({
    code: 'SM1236',
    field: `route(${name}).${field}`,
    reason: `the Gateway API has no field for ${what}`,
    fix: FIX,
  }));
}

/** What a server says that a listener has no field for. */
export function listenerProblems(server: GatewayServerOptions): ProblemReport[] {
  const { tls } = server;
  const unsaid: [boolean, string, string][] = [
    [tls?.terminates === false, 'tls', 'routes by SNI here; connections that are passed on unopened need them'],
    [tls?._files !== undefined, 'tls', 'certificates in the files of its pods'],
    [tls?._options.minVersion !== undefined && tls._options.minVersion !== TlsVersion.V1_2, 'tls.minVersion', 'the version of TLS'],
    [tls?._options.maxVersion !== undefined, 'tls.maxVersion', 'the version of TLS'],
    [tls?._options.cipherSuites !== undefined, 'tls.cipherSuites', 'cipher suites'],
    [tls?._options.subjectAltNames !== undefined, 'tls.subjectAltNames', 'the names in clients\' certificates'],
    [tls?._options.fingerprints !== undefined || tls?._options.keyFingerprints !== undefined, 'tls.fingerprints', 'fingerprints of clients\' certificates'],
    [(tls?._certificates?.length ?? 0) > 2, 'tls', 'more than two certificates of one name in Istio'],
    [tls?.mode === GatewayTlsMode.AUTO_PASSTHROUGH, 'tls', 'AUTO_PASSTHROUGH'],
    [server.bind !== undefined, 'bind', 'the address that a listener is bound to'],
    [!['HTTP', 'HTTPS'].includes(server.protocol), 'protocol', `protocol ${server.protocol} with HTTP routes`],
  ];
  return unsaid.filter(([said]) => said).map(([, field, what]) => ({
    code: 'SM1236',
    field: `server(${server.port}).${field}`,
    reason: `the Gateway API has no field for ${what}`,
    fix: FIX,
  }));
}

/** Conditions of a match that the Gateway API has no field for. */
export function unsaidConditions({ _conditions }: RouteMatch): string[] {
  const { ignoreCase, withoutHeaders, authority, scheme, port, sourceNamespace, sourceLabels, gateways, statPrefix, name } = _conditions;
  return [
    ...ignoreCase ? ['paths of any case'] : [],
    ...withoutHeaders ? ['headers that are not there'] : [],
    ...authority ? ['the host as a condition'] : [],
    ...scheme ? ['the scheme as a condition'] : [],
    ...port !== undefined ? ['the port as a condition'] : [],
    ...sourceNamespace !== undefined || sourceLabels ? ['the source of a request'] : [],
    ...gateways ? ['the gateway as a condition'] : [],
    ...statPrefix !== undefined || name !== undefined ? ['the name of a match'] : [],
  ];
}
