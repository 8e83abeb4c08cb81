import { ClusterProfile } from '../../../../core/cluster-profile';

const URL_HOST = /\b[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#\s]*@)?([a-z0-9.-]+)(?=[:/?#\s,;]|$)/gi;
const LOCAL = ['.svc', '.local', '.localhost', '.internal', '.cluster'];

/** Hosts of URLs in a text that are neither in the cluster nor addresses. */
export function externalHosts(text: string, profile: ClusterProfile, isNamespace: (name: string) => boolean): string[] {
  return [...text.matchAll(URL_HOST)].map(([, host]) => host.toLowerCase().replace(/\.$/, ''))
    .filter(host => isExternal(host, profile, isNamespace));
}

function isExternal(host: string, { clusterDomain }: ClusterProfile, isNamespace: (name: string) => boolean): boolean {
  const labels = host.split('.');
  if (labels.length < 2 || /^[\d.]+$/.test(host) || labels.some(label => label === '')) return false;
  if (host.endsWith(`.${clusterDomain}`) || LOCAL.some(suffix => host.endsWith(suffix))) return false;
  // `orders.shop` is a service of a namespace as often as a host of the world
  return labels.length > 2 || !isNamespace(labels[1]);
}
