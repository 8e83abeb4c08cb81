import type { OtherCode } from './other-codes';
import { Severity } from '../../core/problem';

/** What traffic policies, external services, egress gateways and scopes of sidecars report of what was said to them. */
export const RESILIENCE_CODES: readonly OtherCode[] = [
  { code: 'SM1250', title: 'two versions of one name', explanation: 'A version is a subset of the DestinationRule of its host, told from others by its labels; two of one name and different labels cannot both be meant.' },
  { code: 'SM1251', title: 'a traffic policy for nobody', explanation: 'A policy names where requests go and says something about them, and proxies of the mesh alone follow it.' },
  { code: 'SM1252', title: 'policies for one host that contradict each other', explanation: 'A host has one DestinationRule; of several the mesh follows the top-level policy of the oldest (istio pilot/pkg/model/destination_rule.go).' },
  { code: 'SM1253', title: 'a traffic policy for a serverless service', explanation: 'The Service of a Knative service is an alias of the cluster-local gateway, to which no DestinationRule applies since Istio 1.21; requests go to its revisions (istio releasenotes/notes/external-name-on.yaml).' },
  { code: 'SM1254', title: 'settings of a port that take away those of the host', severity: Severity.WARNING, explanation: 'Settings of a port stand in for all those of the host, and a port has no retry budget, PROXY protocol or tunnel (shadowCopyPortTrafficPolicy in istio pilot/pkg/networking/util/util.go).' },
  { code: 'SM1255', title: 'a Secret that sidecars do not read', explanation: 'For sidecars istiod looks at a credentialName only in rules with a workloadSelector, and sets up no TLS at all otherwise (buildUpstreamClusterTLSContext in istio pilot/pkg/networking/core/cluster_tls.go).' },
  { code: 'SM1256', title: 'settings for a version of another workload', explanation: 'A subset of a DestinationRule chooses among the pods of its host alone.' },
  { code: 'SM1260', title: 'an external service that is none', explanation: 'An external service has hosts of its own that the mesh does not know by itself.' },
  { code: 'SM1261', title: 'two declarations of one external host', explanation: 'Of two ServiceEntries for one host the ports and addresses are not put together, and which one counts depends on their age.' },
  { code: 'SM1262', title: 'a wildcard that cannot be looked up', explanation: 'No DNS server has an answer for a wildcard. Istio refuses resolution DNS for it, and with NONE connects to the address and port that the client asked for; DYNAMIC_DNS looks up the host of each request (ValidateServiceEntry in istio pkg/config/validation/validation.go).' },
  { code: 'SM1263', title: 'an egress gateway for nobody', explanation: 'Sidecars follow the routes that lead to an egress gateway; ztunnel does not, and a Gateway without servers is refused.' },
  { code: 'SM1264', title: 'an egress gateway that does not know where to', explanation: 'The gateway tells hosts apart by what the request or the connection names, and sends each to one place.' },
  { code: 'SM1265', title: 'a scope that no sidecar has', explanation: 'A Sidecar configures the proxies beside pods; ztunnel and waypoints do not look at it.' },
  { code: 'SM1266', title: 'two scopes for the same sidecars', explanation: 'Of two Sidecars for the same pods the older counts (istio pilot/pkg/model/sidecar.go).' },
  { code: 'SM1267', title: 'callers that do not find the rule of the egress gateway', explanation: 'A proxy looks for the DestinationRule of a host in its own namespace, in that of the host\'s Service and in that of Istio (istio pilot/pkg/model/push_context.go).' },
  { code: 'SM1269', title: 'retries that multiply', severity: Severity.WARNING, explanation: 'Each place on the way that sends failed requests again multiplies those of the places behind it, and a target in trouble gets more trouble.' },
  { code: 'SM1270', title: 'a timeout that outlasts the one before it', severity: Severity.WARNING, explanation: 'Who waits longer than its caller works for nobody.' },
];
