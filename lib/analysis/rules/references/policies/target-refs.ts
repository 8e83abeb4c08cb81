import { Severity } from '../../../../core/problem';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, isGiven, textOf } from '../../../workloads';
import { serviceNames } from '../kubernetes/absence';
import { names } from '../names';
import { suggestion } from '../suggestion';

const KINDS: readonly { readonly group: string; readonly kind: string }[] = [
  { group: 'security.istio.io', kind: 'AuthorizationPolicy' },
  { group: 'security.istio.io', kind: 'RequestAuthentication' },
  { group: 'telemetry.istio.io', kind: 'Telemetry' },
  { group: 'extensions.istio.io', kind: 'WasmPlugin' },
  { group: 'extensions.istio.io', kind: 'TrafficExtension' },
  { group: 'networking.istio.io', kind: 'EnvoyFilter' },
];

const GATEWAY = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: waypoint, namespace: shop }
spec:
  gatewayClassName: istio-waypoint
  listeners: [{ name: mesh, port: 15008, protocol: HBONE }]
---
`;

export const targetMissing: Rule = {
  code: 'SM0840',
  title: 'a policy attached to something that is not there',
  explanation: 'targetRefs name a Gateway, a Service or a ServiceEntry of the policy\'s own namespace. What is not there gets no policy. Advice where the app writes no other '
    + 'object of that kind into the namespace (istio type/v1beta1/selector.proto, PolicyTargetReference).',
  severity: Severity.WARNING,
  example: {
    refused: `${GATEWAY}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: way-point }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
    accepted: `${GATEWAY}apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: waypoint }]
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
  },
  check(context) {
    for (const { group, kind } of KINDS) {
      for (const policy of context.model.ofKind(group, kind)) {
        for (const { field, value } of targetsOf(policy)) {
          const [targetKind, name] = [textOf(value.kind), textOf(value.name)];
          if (targetKind === undefined || name === undefined || targetKind === 'GatewayClass') continue;
          const namespace = textOf(value.namespace) ?? policy.namespace ?? 'default';
          const known = namesOf(context.model, textOf(value.group) ?? '', targetKind, namespace);
          if (known.includes(name)) continue;
          const meant = suggestion(name, known);
          context.report(policy, {
            field: `${field}.name`,
            value: name,
            severity: known.length > 0 ? Severity.WARNING : Severity.INFO,
            reason: `the app writes no ${targetKind} of this name into namespace ${namespace}`,
            fix: meant === undefined ? 'check name, kind and group; policies are in the namespace of what they are attached to' : `write ${meant}, if that is meant`,
          });
        }
      }
    }
  },
};

function targetsOf(policy: ModelObject): Entry[] {
  const { targetRef, targetRefs } = fieldsOf(policy.manifest.spec);
  return [...isGiven(targetRef) ? [{ field: 'spec.targetRef', value: fieldsOf(targetRef) }] : [], ...entriesOf(targetRefs, 'spec.targetRefs')];
}

function namesOf(model: ManifestModel, group: string, kind: string, namespace: string): readonly string[] {
  return group === '' && kind === 'Service' ? serviceNames(model, namespace) : names(model, group, kind, namespace);
}
