import { selectorOf, SIDECAR, SelectingKind, TELEMETRY, isAttached } from './selectors';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { groupBy, membershipOf, namespaceMembership, selectorText, selectsAll, workloadsOf } from '../../../workloads';
import { firstFew, paths } from '../listing';

export const severalSidecars: Rule = {
  code: 'SM0831',
  title: 'two Sidecars for one namespace',
  explanation: 'Of several Sidecars without a selector in one namespace only the oldest counts, and which one that is does not stand in any manifest '
    + '(istio pilot/pkg/model/sidecar.go; pkg/config/analysis/analyzers/sidecar/selector.go).',
  severity: Severity.WARNING,
  peers: ['IST0111', 'KIA0002'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: ["./*"] }]
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: wide, namespace: shop }
spec:
  egress: [{ hosts: ["*/*"] }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: ["./*", "istio-system/*"] }]
`,
  },
  check: context => reportSeveral(context, SIDECAR, 'Sidecar'),
};

export const severalTelemetries: Rule = {
  code: 'SM0832',
  title: 'two Telemetries for one namespace',
  explanation: 'Of several Telemetries without a selector in one namespace only the oldest counts, and which one that is does not stand in any manifest '
    + '(istio pilot/pkg/model/telemetry.go; pkg/config/analysis/analyzers/telemetry/default_selector.go).',
  severity: Severity.WARNING,
  peers: ['IST0160'],
  example: {
    refused: `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: shop }
spec:
  accessLogging: [{ providers: [{ name: envoy }] }]
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: traces, namespace: shop }
spec:
  tracing: [{ randomSamplingPercentage: 5 }]
`,
    accepted: `apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: default, namespace: shop }
spec:
  accessLogging: [{ providers: [{ name: envoy }] }]
  tracing: [{ randomSamplingPercentage: 5 }]
`,
  },
  check: context => reportSeveral(context, TELEMETRY, 'Telemetry'),
};

function reportSeveral(context: RuleContext, kind: SelectingKind, name: string): void {
  const wide = context.model.ofKind(kind.group, kind.kind).filter(object => selectsAll(selectorOf(object, kind)) && !isAttached(object));
  for (const [namespace, objects] of groupBy(wide, object => object.namespace ?? 'default')) {
    if (objects.length < 2 || (kind === SIDECAR && isAmbient(context, objects[0]))) continue;
    for (const object of objects) {
      context.report(object, {
        field: `spec.${kind.labels[1]}`,
        reason: `${paths(firstFew(objects, other => other !== object))} also ${objects.length > 2 ? 'hold' : 'holds'} for the whole namespace ${namespace}, and only the oldest counts`,
        fix: `write one ${name} without a selector per namespace, and give the others a selector`,
      });
    }
  }
}

export const sidecarInAmbient: Rule = {
  code: 'SM0833',
  title: 'a Sidecar where there are no sidecars',
  explanation: 'A Sidecar says what sidecars import and listen to. Pods in ambient mode have none, so it has no effect (istio pkg/config/analysis/analyzers/sidecar/selector.go).',
  severity: Severity.WARNING,
  peers: ['IST0167'],
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: ["./*"] }]
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: ["./*"] }]
`,
  },
  check(context) {
    for (const object of context.model.ofKind(SIDECAR.group, SIDECAR.kind)) {
      const selector = selectorOf(object, SIDECAR);
      const pods = selectsAll(selector) ? [] : workloadsOf(context.model).selectedBy(selector, object.namespace);
      const ambient = selectsAll(selector) ? isAmbient(context, object)
        : pods.length > 0 && pods.every(workload => membershipOf(context.model, workload) === MeshMembership.AMBIENT);
      if (!ambient) continue;
      context.report(object, {
        field: selectsAll(selector) ? 'metadata.namespace' : SIDECAR.labels.join('.'),
        value: selectsAll(selector) ? object.namespace : selectorText(selector),
        reason: 'these pods are in ambient mode and have no sidecars that could follow it',
        fix: 'remove it, or bring the pods back to sidecars',
      });
    }
  },
};

function isAmbient(context: RuleContext, object: ModelObject): boolean {
  return namespaceMembership(context.model, object.namespace ?? 'default', context.profile(object)) === MeshMembership.AMBIENT;
}
