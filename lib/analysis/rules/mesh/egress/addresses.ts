import { ClusterProfile } from '../../../../core/cluster-profile';
import { halfQualified, ServiceName, serviceOfHost } from '../../../hosts';

const URL_HOST = /\b[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#\s]*@)?([a-z0-9.-]+)(?=[:/?#\s,;]|$)/gi;
/** Domains that hardly anybody calls a namespace. */
const DOMAINS = /^(?:[a-z]{2}|com|org|net|edu|gov|info|biz|dev|app|cloud|example|test)$/;
const LOCAL = ['.svc', '.local', '.localhost', '.internal', '.cluster'];

/** Hosts of URLs in a text. */
export function urlHosts(text: string): string[] {
  return text.includes('://') ? [...text.matchAll(URL_HOST)].map(([, host]) => host.toLowerCase().replace(/\.$/, '')) : [];
}

/** Whether a host is neither in the cluster nor an address. */
export function isExternal(host: string, { clusterDomain }: ClusterProfile, isNamespace: (name: string) => boolean): boolean {
  const labels = host.split('.');
  if (labels.length < 2 || /^[\d.]+$/.test(host) || labels.some(label => label === '')) return false;
  if (host.endsWith(`.${clusterDomain}`) || LOCAL.some(suffix => host.endsWith(suffix))) return false;
  // `orders.shop` is a service of a namespace as often as a host of the world, also of a namespace that the app does not have
  return labels.length > 2 || (DOMAINS.test(labels[1]) && !isNamespace(labels[1]));
}

/** The Service that a host means to a program in the cluster, whose resolver completes names that Istio does not. */
export function serviceMeant(host: string, namespace: string, { clusterDomain }: ClusterProfile): ServiceName | undefined {
  if (host.includes('.')) return serviceOfHost(host, clusterDomain) ?? halfQualified(host);
  return { name: host, namespace };
}
