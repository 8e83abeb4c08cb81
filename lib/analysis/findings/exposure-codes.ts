import type { OtherCode } from './other-codes';
import { Severity } from '../../core/problem';

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
  { code: 'SM1220', title: 'mesh routes without a mesh', explanation: 'A VirtualService is followed by the proxies of Istio alone.' },
  { code: 'SM1221', title: 'a route that does nothing', explanation: 'A route says what becomes of the requests that it takes: forward, split, redirect, respond or delegate.' },
  { code: 'SM1271', title: 'a share of a workload beside one of its own version', severity: Severity.WARNING, explanation: 'The Service of a workload chooses the pods of all its versions. A version that has a share of its own gets a part of the workload\'s share as well.' },
  { code: 'SM1222', title: 'two routes of one name', explanation: 'The name of a route is what statistics and traces call it, so it is used once per host.' },
  { code: 'SM1223', title: 'shares that do not add up to 100', explanation: 'Istio takes any weights and shares in their proportion; here a weight is a percentage, as in Knative and Argo Rollouts.' },
  { code: 'SM1224', title: 'another host for a Knative service', explanation: 'The cluster-local gateway of Knative tells services apart by the host of the request (net-istio pkg/reconciler/ingress/resources/virtual_service.go).' },
  { code: 'SM1225', title: 'a mirror that is a Knative service', explanation: 'Envoy sends a copy with the host of the original, and Istio has no other host for mirrors (istio pilot/pkg/networking/core/route/route.go).' },
  { code: 'SM1226', title: 'credentials for every origin', explanation: 'Browsers refuse an asterisk with credentials, and a proxy that answers with the origin itself would let every page act for whoever is logged in.' },
  { code: 'SM1227', title: 'retries that the timeout cuts off', severity: Severity.WARNING, explanation: 'The timeout of a route holds for all attempts together (istio networking/v1alpha3/virtual_service.proto).' },
  { code: 'SM1228', title: 'mesh routes for the host of a Knative service', explanation: 'net-istio writes a VirtualService for the mesh for each Knative service; two for one host are undefined (IST0109).' },
  { code: 'SM1229', title: 'a route to a Knative service without its gateway', explanation: 'Requests to Knative services go through the cluster-local gateway of the networking layer.' },
  { code: 'SM1230', title: 'a gateway without a mesh', explanation: 'A Gateway of Istio sets up proxies of Istio.' },
  { code: 'SM1231', title: 'every host at the pods of Knative\'s gateway', explanation: 'knative-ingress-gateway has every host at port 80 of the same pods; two servers with one host at one port conflict (IST0145).' },
  { code: 'SM1232', title: 'routes for a host that the gateway does not serve', explanation: 'A VirtualService only holds for hosts that a server of its gateway has (IST0132).' },
  { code: 'SM1233', title: 'a route to a workload that does not let the gateway in', explanation: 'Where a policy names who may call a workload, the gateway has to be named too, or every request gets 403.' },
  { code: 'SM1234', title: 'two sets of routes for one host', explanation: 'Istio tries the routes of the older object first, so what happens depends on the order of creation.' },
  { code: 'SM1235', title: 'an exposed service that does not let the gateway in', explanation: 'Where a policy names who may call a service, the gateway has to be named too, or every request gets 403.' },
  { code: 'SM1236', title: 'more than the Gateway API can say', explanation: 'Routes and gateways are written as HTTPRoute and Gateway of the Gateway API, and what these have no field for would be lost (istio pilot/pkg/config/kube/gateway/conversion.go).' },
  { code: 'SM1237', title: 'routes for gateways of two APIs', explanation: 'Gateways of the Gateway API follow HTTPRoutes, those of Istio VirtualServices.' },
];
