/** A host as policies spell it: what a client writes into `Host` may name a port. A wildcard is a suffix, which nothing can follow. */
export function hostPatterns(host: string): string[] {
  return host.startsWith('*') || host.endsWith('*') ? [host] : [host, `${host}:*`];
}
