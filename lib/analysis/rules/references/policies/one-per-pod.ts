import { isAttached, PEER_AUTHENTICATION, SelectingKind, selectorOf, SIDECAR, TELEMETRY } from './selectors';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { addTo, groupBy, membershipOf, selectorText, selectsAll, Workload, workloadsOf } from '../../../workloads';
import { firstFew, paths } from '../listing';

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
      for (const { objects, pods } of conflicts(context.model, kind)) {
        for (const object of objects) {
          const others = firstFew(objects, other => other !== object);
          context.report(object, {
            field: kind.labels.join('.'),
            value: selectorText(selectorOf(object, kind)),
            peers,
            reason: `${paths(others)} also ${others.length > 1 ? 'select' : 'selects'} the pods of ${pods.object.path}, and only the oldest counts`,
            fix: `write one ${kind.kind} for these pods`,
          });
        }
      }
    }
  },
};

interface Conflict {
  readonly objects: readonly ModelObject[];
  /** Pods that all of them select. */
  readonly pods: Workload;
}

/** Objects that select the same pods; each is in one conflict at most. */
function conflicts(model: ManifestModel, kind: SelectingKind): Conflict[] {
  const selecting = model.ofKind(kind.group, kind.kind).filter(object => !selectsAll(selectorOf(object, kind)) && !isAttached(object));
  // objects with one selector have one list of pods
  const bySelector = groupBy(selecting, object => workloadsOf(model).selectedBy(selectorOf(object, kind), object.namespace ?? 'default'));
  const byWorkload = new Map<Workload, ModelObject[][]>();
  for (const [pods, objects] of bySelector) {
    for (const workload of pods) {
      // pods without a sidecar follow no Sidecar at all
      if (kind !== SIDECAR || membershipOf(model, workload) !== MeshMembership.AMBIENT) addTo(byWorkload, workload, objects);
    }
  }
  const said = new Set<ModelObject>();
  const found: Conflict[] = [];
  for (const [pods, groups] of byWorkload) {
    if (groups.every(group => said.has(group[0])) || (groups.length === 1 && groups[0].length === 1)) continue;
    const objects = groups.flat();
    found.push({ pods, objects: objects.filter(object => !said.has(object)) });
    objects.forEach(object => said.add(object));
  }
  return found;
}
