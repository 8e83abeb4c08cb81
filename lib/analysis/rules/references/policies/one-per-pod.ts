import { isAttached, PEER_AUTHENTICATION, SelectingKind, selectorOf, SIDECAR, TELEMETRY } from './selectors';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { addTo, selectorText, selectsAll, Workload, workloadsOf } from '../../../workloads';

const KINDS: readonly { readonly kind: SelectingKind; readonly peers: string[] }[] = [
  { kind: SIDECAR, peers: ['IST0110', 'KIA0003'] },
  { kind: TELEMETRY, peers: ['IST0159'] },
  { kind: PEER_AUTHENTICATION, peers: ['KIA0003'] },
];

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger, tier: backend } }
    spec:
      containers: [{ name: ledger, image: example.com/ledger:1.2.0 }]
---
`;

export const severalForOnePod: Rule = {
  code: 'SM0834',
  title: 'two objects of a kind for the same pods of which one counts',
  explanation: 'Of several Sidecars, Telemetries or PeerAuthentications that select the same pod only the oldest counts (istio pkg/config/analysis/analyzers/sidecar/selector.go, '
    + 'telemetry/selector.go; pilot/pkg/model/authentication.go).',
  severity: Severity.WARNING,
  peers: ['IST0110', 'IST0159', 'KIA0003'],
  example: {
    refused: `${WORKLOAD}apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  mtls: { mode: STRICT }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: backend, namespace: shop }
spec:
  selector: { matchLabels: { tier: backend } }
  mtls: { mode: PERMISSIVE }
`,
    accepted: `${WORKLOAD}apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  mtls: { mode: STRICT }
`,
  },
  check(context) {
    for (const { kind, peers } of KINDS) {
      const selecting = new Map<Workload, ModelObject[]>();
      for (const object of context.model.ofKind(kind.group, kind.kind)) {
        const selector = selectorOf(object, kind);
        if (selectsAll(selector) || isAttached(object)) continue;
        for (const workload of workloadsOf(context.model).selectedBy(selector, object.namespace ?? 'default')) addTo(selecting, workload, object);
      }
      const said = new Set<ModelObject>();
      for (const [workload, objects] of selecting) {
        for (const object of objects.length > 1 ? objects : []) {
          if (said.has(object)) continue;
          said.add(object);
          context.report(object, {
            field: kind.labels.join('.'),
            value: selectorText(selectorOf(object, kind)),
            peers,
            reason: `${objects.filter(other => other !== object).map(other => other.path).join(' and ')} also selects the pods of ${workload.object.path}, and only the oldest counts`,
            fix: `write one ${kind.kind} for these pods`,
          });
        }
      }
    }
  },
};
