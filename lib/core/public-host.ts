import { ClusterProfile } from './cluster-profile';
import { ProblemReport } from './problem';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a text is a host in full: at least two labels of lower-case letters, digits and dashes, 253 characters at most. */
export function isHostName(text: string): boolean {
  const labels = text.split('.');
  return text.length <= 253 && labels.length > 1 && labels.every(label => LABEL.test(label)) && !/^[0-9.]+$/.test(text);
}

/** Whether a text is a host in full, whose first label may be an asterisk. */
export function isHostPattern(text: string): boolean {
  return isHostName(text.startsWith('*.') ? `any.${text.slice(2)}` : text);
}

/** Whether a host is one that the cluster gives out itself. */
export function isClusterHost(host: string, profile: ClusterProfile): boolean {
  return host === profile.clusterDomain || host.endsWith(`.${profile.clusterDomain}`);
}

/** Why a host cannot be one at which clients from outside reach the cluster. */
export function publicHostProblems(field: string, host: string, profile: ClusterProfile, options: { readonly wildcard?: boolean } = {}): ProblemReport[] {
  const right = options.wildcard ? isHostPattern(host) : isHostName(host);
  if (!right) {
    return [{
      code: 'SM1200',
      field,
      value: host,
      reason: `it is not a host in full: labels of lower-case letters, digits and dashes with dots between them, at least two${options.wildcard ? ', of which the first may be an asterisk' : ', and no wildcard'}`,
      fix: "write the host alone, without scheme, port and path: 'shop.example.com'",
    }];
  }
  if (!isClusterHost(host, profile)) return [];
  return [{
    code: 'SM1201',
    field,
    value: host,
    reason: `hosts under ${profile.clusterDomain} are given out by the cluster and resolve inside of it only`,
    fix: 'write a host of a domain that leads to the gateway from outside',
  }];
}
