import { isExternal, serviceMeant, urlHosts } from './addresses';
import { callsOf, sinksOf } from './declared-calls';
import { ClusterProfile } from '../../../../core/cluster-profile';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { EgressScope, egressScopeOf, hostsOf, KnownHost, namespaceExists, qualified, Whereabouts } from '../../../hosts';
import { ManifestModel } from '../../../model';
import { Finding, Rule } from '../../../rule';
import { fieldsOf, membershipOf, Workload, workloadsOf } from '../../../workloads';
import { destinationsOf, isForSidecars, virtualServices } from '../../references/virtual-service/routes';

const world = `apiVersion: networking.istio.io/v1
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
    + 'closed (istio.io, tasks/traffic-management/egress/egress-control). Of Services and ServiceEntries a Sidecar can leave out some again, by egress[].hosts. Looked at are URLs in variables, their '
    + 'ConfigMaps, arguments and the sinks of events; whether the program ever uses them, manifests do not say, so this is a warning.',
  severity: Severity.WARNING,
  example: {
    refused: world,
    accepted: `${world}---
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
      const scope = egressScopeOf(model, workload, profile);
      if (!scope.registryOnly || membershipOf(model, workload) !== MeshMembership.SIDECAR) continue;
      const said = new Set<string>();
      for (const { field, text, by } of [...callsOf(model, workload), ...sinksOf(model, workload)]) {
        for (const host of urlHosts(text)) {
          const flaw = said.has(`${field} ${host}`) ? undefined : flawOf(model, { workload, scope, profile, host });
          if (!flaw) continue;
          said.add(`${field} ${host}`);
          // the text may hold more than the host, such as a token
          context.report(workload.object, { field, value: host, ...flaw, reason: by === undefined ? flaw.reason : `${by} names it: ${flaw.reason}` });
          break;
        }
      }
    }
  },
};

interface Call {
  readonly workload: Workload;
  readonly scope: EgressScope;
  readonly profile: ClusterProfile;
  readonly host: string;
}

function flawOf(model: ManifestModel, call: Call): Pick<Finding, 'reason' | 'fix'> | undefined {
  const { workload, profile, host } = call;
  const hosts = hostsOf(model);
  if (isExternal(host, profile, namespace => namespaceExists(namespace, model, profile))) {
    const { whereabouts, known } = hosts.find(host, workload.object, profile);
    if (whereabouts === Whereabouts.UNKNOWN) {
      return {
        reason: 'sidecars block hosts that the mesh does not know (REGISTRY_ONLY), and nothing makes this one known',
        fix: `declare it: an ExternalService with hosts: ['${host}'], or a ServiceEntry`,
      };
    }
    return notImported(model, call, known);
  }
  const service = serviceMeant(host, workload.namespace, profile);
  const known = service && hosts.find(profile.serviceHost(service.name, service.namespace), workload.object, profile).known;
  // Services that controllers make, Knative's above all, are aliases of others as often as not
  return known && notImported(model, call, known.filter(({ object }) => object.manifest.kind === 'Service' && object.group === '' && fieldsOf(object.manifest.spec).type !== 'ExternalName'));
}

function notImported(model: ManifestModel, { scope }: Call, known: readonly KnownHost[]): Pick<Finding, 'reason' | 'fix'> | undefined {
  const { sidecar } = scope;
  if (!sidecar || known.length === 0 || known.some(({ host, namespace }) => scope.imports(host, namespace) || model.derived(routedTo).has(host))) return undefined;
  const [{ host, namespace }] = known;
  return {
    reason: `Sidecar ${sidecar.namespace}/${sidecar.name} does not import it from namespace ${namespace}, and blocks what it does not import (REGISTRY_ONLY)`,
    fix: `add ${namespace}/${host} to egress[].hosts of the Sidecar ${sidecar.name}`,
  };
}

/** Hosts that routes of the mesh lead to: who imports the route also gets those. */
function routedTo(model: ManifestModel): Set<string> {
  return new Set(virtualServices(model).filter(isForSidecars).flatMap(virtual => {
    const { clusterDomain } = ClusterProfile.of(virtual.construct);
    return destinationsOf(virtual).map(({ host }) => qualified(host, virtual.namespace ?? 'default', clusterDomain));
  }));
}
