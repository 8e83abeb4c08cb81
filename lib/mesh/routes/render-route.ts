import { CorsPolicy } from './cors-policy';
import { commonAuthority, destinationOf, headerChanges, renderTargets } from './destinations';
import { Fault } from './fault';
import { renderMatches } from './render-match';
import { renderRewrite } from './render-rewrite';
import { RetryPolicy } from './retry-policy';
import { Action } from './route-action';
import { Mirror, RouteOptions } from './route-options';
import {
  VirtualServiceSpecHttp, VirtualServiceSpecHttpCorsPolicy, VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights, VirtualServiceSpecHttpFault, VirtualServiceSpecHttpMirrors,
  VirtualServiceSpecHttpRedirect, VirtualServiceSpecHttpRedirectDerivePort, VirtualServiceSpecHttpRetries, VirtualServiceSpecHttpRewrite,
} from '../../../imports/networking.istio.io';
import { ClusterProfile } from '../../core/cluster-profile';
import { goDuration } from '../../core/durations';

/** One route of a VirtualService. */
export function renderRoute(name: string, options: RouteOptions, namespace: string, profile: ClusterProfile): VirtualServiceSpecHttp {
  const action = options.action._action;
  const request = headerChanges(options.requestHeaders);
  const response = headerChanges(options.responseHeaders);
  return {
    name,
    match: renderMatches(options.match, namespace),
    ...does(action, profile),
    rewrite: rewriteOf(options, action),
    headers: request || response ? { request, response } : undefined,
    corsPolicy: options.cors && renderCors(options.cors),
    fault: options.fault && renderFault(options.fault),
    timeout: options.timeout && goDuration(options.timeout),
    retries: options.retries && renderRetries(options.retries),
    mirrors: options.mirrors?.map(mirror => renderMirror(mirror, profile)),
  };
}

function does(action: Action, profile: ClusterProfile): Pick<VirtualServiceSpecHttp, 'route' | 'redirect' | 'directResponse' | 'delegate'> {
  switch (action.kind) {
    case 'forward': return { route: renderTargets(action.targets, profile) };
    case 'redirect': return { redirect: renderRedirect(action) };
    case 'respond': return {
      directResponse: {
        status: action.status,
        body: action.body === undefined && action.base64 === undefined ? undefined : { string: action.body, bytes: action.base64 },
      },
    };
    default: return { delegate: { name: action.route.routeName, namespace: action.route.routeNamespace } };
  }
}

function rewriteOf(options: RouteOptions, action: Action): VirtualServiceSpecHttpRewrite | undefined {
  const authority = options.authority ?? (action.kind === 'forward' ? commonAuthority(action.targets) : undefined);
  const path = options.rewrite && renderRewrite(options.rewrite, options.match ?? []);
  return path || authority !== undefined ? { ...path, authority } : undefined;
}

function renderRedirect({ path, host, scheme, port, status }: Extract<Action, { kind: 'redirect' }>): VirtualServiceSpecHttpRedirect {
  return {
    uri: path,
    authority: host,
    scheme,
    port,
    // or the client would be sent to https at the port of http
    derivePort: scheme !== undefined && port === undefined ? VirtualServiceSpecHttpRedirectDerivePort.FROM_UNDERSCORE_PROTOCOL_UNDERSCORE_DEFAULT : undefined,
    redirectCode: status,
  };
}

function renderCors(cors: CorsPolicy): VirtualServiceSpecHttpCorsPolicy {
  return {
    allowOrigins: cors.allowOrigins.map(origin => origin._render()),
    allowMethods: cors.allowMethods,
    allowHeaders: cors.allowHeaders,
    exposeHeaders: cors.exposeHeaders,
    maxAge: cors.maxAge && goDuration(cors.maxAge),
    allowCredentials: cors.allowCredentials,
    unmatchedPreflights: cors.unmatchedPreflights as unknown as VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights | undefined,
  };
}

function renderFault({ _parts: { delay, abort } }: Fault): VirtualServiceSpecHttpFault {
  return {
    delay: delay && { fixedDelay: goDuration(delay.delay), percentage: { value: delay.percent } },
    abort: abort && { httpStatus: abort.httpStatus, grpcStatus: abort.grpcStatus, percentage: { value: abort.percent } },
  };
}

function renderRetries(retries: RetryPolicy): VirtualServiceSpecHttpRetries {
  const conditions = [...retries.on ?? [], ...(retries.onStatus ?? []).map(String)];
  return {
    attempts: retries.attempts,
    perTryTimeout: retries.perTryTimeout && goDuration(retries.perTryTimeout),
    retryOn: conditions.length > 0 ? conditions.join(',') : undefined,
    backoff: retries.backoff && goDuration(retries.backoff),
    retryRemoteLocalities: retries.otherLocalities,
    retryIgnorePreviousHosts: retries.avoidPreviousHosts,
  };
}

function renderMirror({ target, percent }: Mirror, profile: ClusterProfile): VirtualServiceSpecHttpMirrors {
  return { destination: destinationOf(target, profile), percentage: { value: percent ?? 100 } };
}
