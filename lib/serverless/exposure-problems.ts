import { IConstruct } from 'constructs';
import { ClusterProfile } from '../core/cluster-profile';
import { ExposureIntent, exposuresOf, hostIncludes, needsRoute } from '../core/exposure';
import { Intents } from '../core/intents';
import { ProblemReport } from '../core/problem';
import { publicHostProblems } from '../core/public-host';
import { Tls } from '../core/tls';
import { FLAG, instanceOf, TEXT, usable, wrongType } from '../core/wrong-type';

export const TLS = instanceOf(Tls, "use a factory, as in Tls.certManager(CertificateIssuer.clusterIssuer('letsencrypt'))");

interface Exposed extends Pick<ExposureIntent, 'host' | 'path' | 'rewrite' | 'tls' | 'httpsRedirect'> {
  /** Whether the service was said to be for the inside of the cluster alone. */
  readonly contradiction: boolean;
}

/** What is wrong with an exposure. */
export function exposureProblems(construct: IConstruct, exposed: Exposed): ProblemReport[] {
  const types = [
    ...wrongType('expose', exposed.host, TEXT),
    ...wrongType('expose.path', exposed.path, TEXT),
    ...wrongType('expose.rewrite', exposed.rewrite, TEXT),
    ...wrongType('expose.tls', exposed.tls, TLS),
    ...wrongType('expose.httpsRedirect', exposed.httpsRedirect, FLAG),
  ];
  if (types.length > 0) return types;
  const intents = Intents.of(construct);
  const profile = ClusterProfile.of(construct);
  const others = exposuresOf(intents, exposed.host).filter(other => other.construct !== construct);
  const gateway = intents.gatewayHosts.all.find(entry => hostIncludes(entry.host, exposed.host));
  return [
    ...publicHostProblems('expose', exposed.host ?? '', profile),
    ...pathProblems(exposed),
    ...visibility(exposed),
    ...withoutMesh(intents, exposed, profile),
    ...undecided(exposed, others, gateway?.construct),
    ...otherTls(exposed, others, gateway?.construct),
    ...samePlace(exposed, others),
  ];
}

function pathProblems({ path, rewrite }: Exposed): ProblemReport[] {
  const flawed = (field: string, value: string | undefined): ProblemReport[] => value === undefined || /^\/[^?#*\s]*$/.test(value) ? [] : [{
    code: 'SM1202',
    field,
    value,
    reason: 'a path begins with a slash and has neither query, fragment, asterisk nor space',
    fix: "write the path alone; what is below it is included: '/users'",
  }];
  return [...flawed('expose.path', usable(path, TEXT)), ...flawed('expose.rewrite', usable(rewrite, TEXT))];
}

function visibility({ host, contradiction }: Exposed): ProblemReport[] {
  return contradiction ? [{
    code: 'SM1203',
    field: 'expose',
    value: host,
    reason: 'the service was said to be reached from inside of the cluster only (ServiceVisibility.CLUSTER_LOCAL), and this host is reached from outside',
    fix: 'leave visibility out: the service then has no public host but those that it is exposed at; or leave the exposure out',
  }] : [];
}

function withoutMesh(intents: Intents, { host, path }: Exposed, profile: ClusterProfile): ProblemReport[] {
  if (profile.hasIstio || !needsRoute(intents, host)) return [];
  return [{
    code: 'SM1204',
    field: path === undefined ? 'expose' : 'expose.path',
    value: path ?? host,
    reason: `several services under one host, and parts of a host, need a route of Istio, and the cluster profile has ${profile._inPlaceOfIstio}; a DomainMapping gives a whole host to one service`,
    fix: 'use ClusterProfile.sidecar() or ClusterProfile.ambient() if the cluster has Istio, or give each service a host of its own',
  }];
}

function undecided({ host, tls }: Exposed, others: readonly ExposureIntent[], gateway: IConstruct | undefined): ProblemReport[] {
  if (tls !== undefined || gateway !== undefined || others.some(other => other.tls !== undefined)) return [];
  return [{
    code: 'SM1205',
    field: 'expose.tls',
    reason: `nobody said which certificate ${host} shows: its requests would come in plain text`,
    fix: 'say tls: Tls.certManager(issuer) or Tls.secret(secret); Tls.none() where plain text is meant',
  }];
}

function otherTls({ host, tls }: Exposed, others: readonly ExposureIntent[], gateway: IConstruct | undefined): ProblemReport[] {
  const rival = tls === undefined ? undefined : gateway ?? others.find(other => other.tls !== undefined && other.tls !== tls)?.construct;
  return rival === undefined ? [] : [{
    code: 'SM1206',
    field: 'expose.tls',
    reason: `${rival.node.path} says which certificate ${host} shows, and a host shows one`,
    fix: 'say tls in one place only, or pass the same Tls to all of them',
  }];
}

function samePlace(exposed: Exposed, others: readonly ExposureIntent[]): ProblemReport[] {
  const place = (path: string | undefined) => (path ?? '/').replace(/\/+$/, '');
  const rival = others.find(other => place(other.path) === place(exposed.path));
  return rival === undefined ? [] : [{
    code: 'SM1207',
    field: exposed.path === undefined ? 'expose' : 'expose.path',
    value: `${exposed.host}${place(exposed.path)}`,
    reason: `${rival.construct.node.path} has the same place, and of two routes with one condition only the first is ever taken`,
    fix: 'give each a path of its own; to split the requests of one place use a MeshGateway with a route that has weights',
  }];
}
