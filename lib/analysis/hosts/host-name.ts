/** Whether a host stands for many. */
export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/**
 * The host that a name in a configuration means: a name without a dot is a Service of the configuration's own namespace, everything else is
 * taken as it is (istio pilot/pkg/model/config.go, ResolveShortnameToFQDN).
 */
export function qualified(host: string, namespace: string, domain: string): string {
  return host === '' || host.includes('.') || host.includes(':') || isWildcard(host) ? host.toLowerCase() : `${host}.${namespace}.svc.${domain}`.toLowerCase();
}

/** Name and namespace of a Service. */
export interface ServiceName {
  readonly name: string;
  readonly namespace: string;
}

/** The Service that a full host of the cluster names. */
export function serviceOfHost(host: string, domain: string): ServiceName | undefined {
  const suffix = `.svc.${domain}`;
  if (!host.endsWith(suffix)) return undefined;
  const parts = host.slice(0, -suffix.length).split('.');
  // the pods of a headless Service have names of three parts
  return parts.length < 2 || isWildcard(host) ? undefined : { name: parts.slice(0, -1).pop()!, namespace: parts[parts.length - 1] };
}

/** The Service that a host like `orders.shop` or `orders.shop.svc` seems to mean; Istio does not complete such hosts. */
export function halfQualified(host: string): ServiceName | undefined {
  const match = /^([a-z0-9-]+)\.([a-z0-9-]+)(?:\.svc)?$/.exec(host);
  return match ? { name: match[1], namespace: match[2] } : undefined;
}

/** Whether two hosts overlap; either may be a wildcard (istio pkg/config/host/name.go). */
export function hostsOverlap(a: string, b: string): boolean {
  if (isWildcard(a) && isWildcard(b)) return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1));
  return covers(a, b) || covers(b, a);
}

/** Whether a host, or the hosts that a wildcard stands for, include another host. */
export function covers(wide: string, narrow: string): boolean {
  if (isWildcard(narrow)) return isWildcard(wide) && wide.length <= narrow.length && narrow.slice(1).endsWith(wide.slice(1));
  return isWildcard(wide) ? narrow.endsWith(wide.slice(1)) : wide === narrow;
}

/** Hosts of a Gateway may say for which namespace they are: `shop/orders.example.com`, a dot for its own, an asterisk for all. */
export function hostForNamespace(host: string, own: string): { readonly namespace: string; readonly host: string } {
  const slash = host.indexOf('/');
  if (slash < 0) return { namespace: '*', host };
  const namespace = host.slice(0, slash);
  return { namespace: namespace === '.' ? own : namespace, host: host.slice(slash + 1) };
}
