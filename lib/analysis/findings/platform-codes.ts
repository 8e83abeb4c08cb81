import type { OtherCode } from './other-codes';
import { Severity } from '../../core/problem';

/** What constructs refuse of waypoints, the platform, plug-ins and Linkerd before there is an object. */
export const PLATFORM_CODES: readonly OtherCode[] = [
  { code: 'SM1320', title: 'a waypoint in a cluster without ztunnel', explanation: 'Only ztunnel sends requests through waypoints. Sidecars read HTTP themselves.' },
  { code: 'SM1321', title: 'a waypoint that nothing goes through', explanation: 'Requests go through a waypoint where a label of the namespace or the Service says so and the pods are in ambient mode. Requests for Knative services end at Services that Knative makes.' },
  { code: 'SM1322', title: 'a grant by method or path to somebody who goes around the waypoint', explanation: 'Sidecars, and gateways unless they are told, open connections to the pods themselves, where ztunnel reads no HTTP.' },
  { code: 'SM1328', title: 'ports of pods in a grant that a waypoint enforces', explanation: 'A waypoint takes requests for a Service and sees its ports, none of the pods.' },
  { code: 'SM1331', title: 'a line of configuration that the cluster profile decides', explanation: 'The app is checked against its profile, so the platform must not say something else.' },
  { code: 'SM1332', title: 'metrics that are pushed to nowhere', explanation: 'Knative refuses its configuration where the protocol pushes and no endpoint is named (knative.dev/pkg observability/metrics/config.go).' },
  { code: 'SM1333', title: 'a control plane for a cluster without a mesh', explanation: 'Nothing of an app whose profile has no mesh uses it.' },
  { code: 'SM1334', title: 'two providers of one name', explanation: 'Policies and telemetry name a provider by its name alone.' },
  { code: 'SM1336', title: 'a plug-in that no proxy would run', explanation: 'Plug-ins run in Envoy: in sidecars, gateways and waypoints. ztunnel runs none.' },
  { code: 'SM1337', title: 'a module that is named by a tag', severity: Severity.WARNING, explanation: 'A tag may come to mean another module, and proxies that start later would run another one than those before.' },
  { code: 'SM1338', title: 'a checksum that is none', explanation: 'Istio takes 64 hexadecimal digits in small letters (validateWasmPluginSHA in istio pkg/config/validation/validation.go).' },
  { code: 'SM1339', title: 'a TrafficExtension before Istio 1.30', explanation: 'The kind came with Istio 1.30. An older cluster does not know it.' },
  { code: 'SM1340', title: 'a script that is too long', explanation: 'Istio takes at most 64 KiB of Lua (validateLuaConfig in istio pkg/config/validation/validation.go).' },
  { code: 'SM1341', title: 'objects of Linkerd where the mesh is none of Linkerd', explanation: 'Proxies of Istio do not look at them.' },
  { code: 'SM1342', title: 'callers of a Knative service in Linkerd', explanation: 'The ingress or the activator of Knative opens the connection, so its identity stands in place of the caller\'s.' },
  { code: 'SM1343', title: 'an authentication that names nobody', explanation: 'Linkerd refuses a MeshTLSAuthentication without identities.' },
  { code: 'SM1344', title: 'a grant in words that Linkerd does not have', explanation: 'Policies of Linkerd name identities of mutual TLS, ports and HTTP requests; they read no tokens, and hosts are not told apart.' },
  { code: 'SM1345', title: 'a granted path that routes of Linkerd cannot rank', explanation: 'The proxy takes the route whose match is longest, and of a regular expression that is the whole path (linkerd2-proxy linkerd/http/route/src/http/match/path.rs). So patterns would win over exact paths or lose by age.' },
  { code: 'SM1346', title: 'grants between which age decides', explanation: 'An exact path and the same as a prefix match it in the same length, and the proxy then takes the first route, which is the oldest (linkerd2 policy-controller/grpc/src/inbound/http.rs).' },
  { code: 'SM1347', title: 'HTTP probes that routes of a Server shut out', explanation: 'Linkerd lets probes in by itself as long as no route is attached to the Server of their port (linkerd2 policy-controller/k8s/index/src/inbound/index.rs, http_routes).' },
  { code: 'SM1348', title: 'a route in words that Linkerd does not have', explanation: 'Linkerd follows the matches, header changes, redirects and backends of an HTTPRoute, and refuses the whole route over any other filter (linkerd2 policy-controller/k8s/index/src/outbound/index/http.rs).' },
  { code: 'SM1349', title: 'retries for nothing', explanation: 'Linkerd sends a request again for the answers that retry.linkerd.io/http names.' },
  { code: 'SM1350', title: 'a default of Linkerd where pods have no proxy of Linkerd', explanation: 'The annotation config.linkerd.io/default-inbound-policy is read by the injector of Linkerd alone.' },
];
