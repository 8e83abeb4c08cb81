import { isAmbient, NamedWaypoint, waypointIn } from './waypoint-use';
import { Severity } from '../../../../core/problem';
import { WAYPOINT_LABELS } from '../../../../core/waypoints';
import { ModelObject } from '../../../model';
import { Finding, Rule, RuleContext } from '../../../rule';
import { fieldsAt, labelsOf, mapsOf } from '../../../workloads';
import { specOf } from '../policies';

const GROUP = 'gateway.networking.k8s.io';
const CLASS = 'istio-waypoint';

export const waypointLabel: Rule = {
  code: 'SM1325',
  title: 'a waypoint that is named in vain',
  explanation: 'The label istio.io/use-waypoint names a Gateway of the class istio-waypoint with an HBONE listener at port 15008, in the same namespace unless istio.io/use-waypoint-namespace '
    + 'names another one, whose listener must then allow it (allowedRoutes). Otherwise requests go past it, or, if it is merely not ready, istiod holds on to none; and without ambient mode '
    + 'nobody looks at the label (istio pilot/pkg/serviceregistry/ambient/waypoints.go). Advice where the app writes no waypoint at all.',
  severity: Severity.WARNING,
  peers: ['KIA1312', 'KIA1313'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: way-point } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
`,
  },
  check(context) {
    for (const kind of ['Namespace', 'Service']) {
      for (const object of context.model.ofKind('', kind)) {
        const namespace = kind === 'Namespace' ? object.name ?? '' : object.namespace ?? 'default';
        const named = waypointIn(labelsOf(object.manifest.metadata.labels), namespace);
        const flaw = named && flawOf(context, object, namespace, named);
        if (flaw) context.report(object, { field: `metadata.labels['${WAYPOINT_LABELS.use}']`, value: named.name, ...flaw });
      }
    }
  },
};

function flawOf(context: RuleContext, object: ModelObject, namespace: string, { name, namespace: place }: NamedWaypoint): Pick<Finding, 'reason' | 'fix' | 'severity' | 'peers'> | undefined {
  const known = context.model.byName('', 'Namespace', undefined, namespace) !== undefined;
  if (known && !isAmbient(context, object, namespace) && context.profile(object).hasIstio) {
    return {
      peers: ['KIA1312'],
      reason: `the namespace ${namespace} is not in ambient mode, and only ztunnel sends requests through a waypoint`,
      fix: 'label the namespace istio.io/dataplane-mode: ambient, or remove the label',
    };
  }
  const gateway = context.model.byName(GROUP, 'Gateway', place, name);
  if (!gateway) {
    const others = context.model.ofKind(GROUP, 'Gateway').filter(other => specOf(other).gatewayClassName === CLASS);
    return {
      peers: ['KIA1313'],
      severity: others.length > 0 ? Severity.WARNING : Severity.INFO,
      reason: `the app writes no waypoint ${name} into namespace ${place}`,
      fix: others.length > 0 ? `write ${others[0].name} (of namespace ${others[0].namespace}), if that is meant` : 'check that the cluster has it: without it no HTTP rule is enforced',
    };
  }
  if (specOf(gateway).gatewayClassName !== CLASS) {
    return { peers: ['KIA1313'], reason: `the Gateway ${name} is not of the class ${CLASS}, so nothing goes through it`, fix: `say gatewayClassName: ${CLASS} there, or name a waypoint` };
  }
  const listener = mapsOf(specOf(gateway).listeners).find(({ port, protocol }) => port === 15008 && protocol === 'HBONE');
  const from = fieldsAt(listener, 'allowedRoutes', 'namespaces').from;
  if (place === namespace || (from !== undefined && from !== 'Same' && from !== 'None')) return undefined;
  return {
    peers: ['KIA1313'],
    reason: `the waypoint ${name} lets in its own namespace ${place} alone, so istiod refuses to attach ${namespace} to it`,
    fix: 'let the namespace in, in allowedRoutes.namespaces of its listener at port 15008',
  };
}
