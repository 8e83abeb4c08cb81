import { isAmbient } from './waypoint-use';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { Fields, fieldsOf, labelsOf, mapSelector, mapsOf, membershipOf, selectsAll, workloadsOf } from '../../../workloads';
import { hasTargetRefs, specOf } from '../policies';

const KINDS: readonly { readonly group: string; readonly kind: string; readonly peers: string[] }[] = [
  { group: 'security.istio.io', kind: 'RequestAuthentication', peers: ['KIA1110', 'KIA1115'] },
  { group: 'extensions.istio.io', kind: 'WasmPlugin', peers: ['KIA1111', 'KIA1116'] },
  { group: 'extensions.istio.io', kind: 'TrafficExtension', peers: [] },
  { group: 'telemetry.istio.io', kind: 'Telemetry', peers: ['KIA1112', 'KIA1117'] },
  { group: 'networking.istio.io', kind: 'EnvoyFilter', peers: [] },
];

export const selectorInAmbient: Rule = {
  code: 'SM1323',
  title: 'a rule for Envoy where pods have none',
  explanation: 'In ambient mode no Envoy stands before the pods, and a waypoint looks at targetRefs alone, never at selectors (istio pilot/pkg/model/policyattachment.go, '
    + 'ShouldAttachPolicy). So what selects ambient pods and is neither authorization by callers and ports nor mutual TLS does nothing: a token is not verified, a plug-in not run.',
  severity: Severity.WARNING,
  peers: ['KIA1110', 'KIA1111', 'KIA1112', 'KIA1115', 'KIA1116', 'KIA1117'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  jwtRules: [{ issuer: "https://issuer.example.com", jwksUri: "https://issuer.example.com/keys" }]
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  targetRefs: [{ group: "", kind: Service, name: ledger }]
  jwtRules: [{ issuer: "https://issuer.example.com", jwksUri: "https://issuer.example.com/keys" }]
`,
  },
  check(context) {
    for (const { group, kind, peers } of KINDS) {
      for (const object of context.model.ofKind(group, kind)) {
        if (hasTargetRefs(object) || !isForAmbientPods(context, object)) continue;
        context.report(object, {
          field: kind === 'EnvoyFilter' ? 'spec.workloadSelector' : 'spec.selector',
          peers,
          reason: `the pods that this ${kind} is for are in ambient mode: no Envoy stands before them, and waypoints look at targetRefs alone, so it has no effect`,
          fix: kind === 'EnvoyFilter'
            ? 'say it with a kind that takes targetRefs, at a waypoint or at the gateway, or give the pods sidecars'
            : 'deploy a waypoint and name the Service in targetRefs instead of a selector, or give the pods sidecars',
        });
      }
    }
  },
};

function isForAmbientPods(context: RuleContext, object: ModelObject): boolean {
  const { istioNamespace } = context.profile(object);
  if (object.namespace === istioNamespace) return false;
  const spec = specOf(object);
  const filter = object.manifest.kind === 'EnvoyFilter';
  const selector = mapSelector(filter ? fieldsOf(spec.workloadSelector).labels : fieldsOf(spec.selector).matchLabels);
  if (selectsAll(selector)) {
    // of a whole namespace, gateways there may be meant, and waypoints follow such a Telemetry
    return isAmbient(context, object) && (filter ? mapsOf(spec.configPatches).every(isForSidecars) : object.manifest.kind === 'RequestAuthentication')
      && !hasGateways(context, object);
  }
  const pods = workloadsOf(context.model).selectedBy(selector, object.namespace);
  return pods.length > 0 ? pods.every(workload => membershipOf(context.model, workload) === MeshMembership.AMBIENT)
    : isAmbient(context, object) && !JSON.stringify(labelsOf(fieldsOf(spec.selector).matchLabels)).includes('gateway');
}

function isForSidecars(patch: Fields): boolean {
  return /^SIDECAR_/.test(String(fieldsOf(patch.match).context ?? ''));
}

function hasGateways(context: RuleContext, object: ModelObject): boolean {
  return context.model.ofKind('gateway.networking.k8s.io', 'Gateway').some(({ namespace }) => namespace === object.namespace)
    || context.model.ofKind('networking.istio.io', 'Gateway').some(({ namespace }) => namespace === object.namespace);
}
