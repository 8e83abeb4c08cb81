import { Severity } from '../../../../core/problem';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { entriesOf, Fields, fieldsOf, mapsOf, textOf } from '../../../workloads';
import { specOf } from '../policies';

const GATEWAYS = 'gateway.networking.k8s.io';
const WAYPOINT_CLASS = 'istio-waypoint';

const filter = (context: string) => `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: ledger, namespace: shop }
spec:
  targetRefs: [{ group: "", kind: Service, name: ledger }]
  configPatches:
    - applyTo: HTTP_FILTER
      match: { context: ${context}, listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager } } } }
      patch:
        operation: INSERT_FIRST
        value:
          name: envoy.filters.http.local_ratelimit
          typed_config: { "@type": type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit, stat_prefix: ledger }
`;

export const patchAtWaypoint: Rule = {
  code: 'SM0282',
  title: 'a patch that a waypoint does not apply',
  explanation: 'istiod makes the configuration of waypoints as that of sidecars: patches of the context SIDECAR_INBOUND, SIDECAR_OUTBOUND or ANY are applied, those of GATEWAY are not, and the context '
    + 'WAYPOINT is in the API without anything in istiod up to 1.32 that reads it (istio pilot/pkg/networking/core/cluster.go, listener_builder.go and httproute.go).',
  severity: Severity.WARNING,
  example: { refused: filter('GATEWAY'), accepted: filter('SIDECAR_INBOUND') },
  check(context) {
    for (const object of context.model.ofKind('networking.istio.io', 'EnvoyFilter')) {
      const targets = mapsOf(specOf(object).targetRefs);
      if (targets.length === 0 || !targets.every(target => isWaypoint(context.model, object, target))) continue;
      for (const { field, value } of entriesOf(specOf(object).configPatches, 'spec.configPatches')) {
        const place = textOf(fieldsOf(value.match).context);
        if (place !== 'GATEWAY' && place !== 'WAYPOINT') continue;
        context.report(object, {
          field: `${field}.match.context`,
          value: place,
          reason: place === 'GATEWAY' ? 'it is attached to a waypoint, which is configured as a sidecar is: patches of gateways are not applied'
            : 'istiod knows no patches of this context yet: it is accepted, and not applied',
          fix: 'say SIDECAR_INBOUND for what comes to the Service, and try it: EnvoyFilters at waypoints are neither documented nor stable; or do it at the gateway',
        });
      }
    }
  },
};

/** Services and ServiceEntries are targets of waypoints alone. */
function isWaypoint(model: ManifestModel, { namespace }: ModelObject, { kind, name }: Fields): boolean {
  if (kind === 'Service' || kind === 'ServiceEntry') return true;
  if (kind === 'GatewayClass') return name === WAYPOINT_CLASS;
  const gateway = model.byName(GATEWAYS, 'Gateway', namespace, textOf(name) ?? '');
  return gateway !== undefined && specOf(gateway).gatewayClassName === WAYPOINT_CLASS;
}
