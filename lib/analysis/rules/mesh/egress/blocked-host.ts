import { externalHosts } from './addresses';
import { ClusterProfile } from '../../../../core/cluster-profile';
import { MeshMembership } from '../../../../core/mesh-mode';
import { OutboundTraffic } from '../../../../core/outbound-traffic';
import { Severity } from '../../../../core/problem';
import { hostsOf, namespaceExists, Whereabouts } from '../../../hosts';
import { ManifestModel } from '../../../model';
import { Rule } from '../../../rule';
import { containersOf, entriesOf, fieldsAt, fieldsOf, isGiven, isSelected, mapSelector, membershipOf, textOf, Workload, workloadsOf } from '../../../workloads';

const sidecar = `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: ["./*", "istio-system/*"] }]
  outboundTrafficPolicy: { mode: REGISTRY_ONLY }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders, sidecar.istio.io/inject: "true" } }
    spec:
      containers: [{ name: orders, image: example.com/orders:1.2.0, env: [{ name: BANK_URL, value: "https://api.bank.example/v1" }] }]
`;

export const blockedHost: Rule = {
  code: 'SM1268',
  title: 'an address that the mesh blocks',
  explanation: 'Where outboundTrafficPolicy is REGISTRY_ONLY, sidecars know the hosts of Services and ServiceEntries and nothing else: a request to another host is answered with 502, a connection '
    + 'closed (istio.io, tasks/traffic-management/egress/egress-control). Whether the variable of a workload is ever used, manifests do not say, so this is a warning.',
  severity: Severity.WARNING,
  example: {
    refused: sidecar,
    accepted: `${sidecar}---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bank, namespace: shop }
spec:
  hosts: [api.bank.example]
  ports: [{ number: 443, name: https, protocol: HTTPS }]
  location: MESH_EXTERNAL
  resolution: DNS
`,
  },
  check(context) {
    const { model } = context;
    for (const workload of workloadsOf(model).all) {
      const profile = context.profile(workload.object);
      if (outboundTraffic(model, workload, profile) !== 'REGISTRY_ONLY' || membershipOf(model, workload) !== MeshMembership.SIDECAR) continue;
      for (const container of containersOf(workload)) {
        for (const { field, value } of entriesOf(container.value.env, `${container.field}.env`)) {
          const blocked = externalHosts(textOf(value.value) ?? '', profile, namespace => namespaceExists(namespace, model, profile))
            .find(host => hostsOf(model).find(host, workload.object, profile).whereabouts === Whereabouts.UNKNOWN);
          if (blocked === undefined) continue;
          context.report(workload.object, {
            field: `${field}.value`,
            // the value may hold more than the host, such as a token
            value: blocked,
            reason: 'sidecars block hosts that the mesh does not know (REGISTRY_ONLY), and nothing makes this one known',
            fix: `declare it: an ExternalService with hosts: ['${blocked}'], or a ServiceEntry`,
          });
        }
      }
    }
  },
};


/** What the sidecars of a workload do with hosts that they do not know: the Sidecar that selects it says it, or that of the namespace, or the mesh. */
function outboundTraffic(model: ManifestModel, workload: Workload, profile: ClusterProfile): string | undefined {
  const sidecars = model.ofKind('networking.istio.io', 'Sidecar').filter(({ namespace }) => namespace === workload.namespace);
  const labelled = sidecars.filter(({ manifest }) => isGiven(fieldsOf(manifest.spec).workloadSelector));
  const own = labelled.find(({ manifest }) => isSelected(workload, mapSelector(fieldsAt(manifest, 'spec', 'workloadSelector', 'labels'))));
  const ruling = own ?? sidecars.find(candidate => !labelled.includes(candidate));
  const mode = ruling && textOf(fieldsAt(ruling.manifest, 'spec', 'outboundTrafficPolicy').mode);
  return mode ?? (profile.outboundTraffic === OutboundTraffic.REGISTRY_ONLY ? 'REGISTRY_ONLY' : undefined);
}
