import type { OtherCode } from './other-codes';

/** What exposures, gateways and routes report of what was said to them. */
export const EXPOSURE_CODES: readonly OtherCode[] = [
  { code: 'SM1200', title: 'a host that is none', explanation: 'Gateways, certificates and domain mappings take a host in full, of at least two labels, without scheme, port and path.' },
  { code: 'SM1201', title: 'a public host under the cluster\'s own domain', explanation: 'Hosts under the cluster domain are given out by the cluster and resolve inside of it only (knative/serving pkg/apis/serving/v1beta1/domainmapping_validation.go).' },
  { code: 'SM1202', title: 'a path to expose that is none', explanation: 'A part of a host is named by a path that begins with a slash; what is below it is included, so it needs no asterisk.' },
  { code: 'SM1203', title: 'a cluster-local service that is exposed', explanation: 'A service that was said to be reached from inside of the cluster only cannot have a public host as well.' },
  { code: 'SM1204', title: 'a shared host without a mesh', explanation: 'A DomainMapping gives a whole host to one Knative service. Paths, and several services under one host, are routed by the mesh.' },
  { code: 'SM1205', title: 'a host without a decision about its certificate', explanation: 'Without a certificate requests come in plain text, which has to be said by name: Tls.none().' },
  { code: 'SM1206', title: 'two certificates for one host', explanation: 'A host shows one certificate; of two only one would ever be seen.' },
  { code: 'SM1207', title: 'two services at one place of a host', explanation: 'Of two routes with the same condition only the first is ever taken.' },
];
