import { Severity } from '../../../../core/problem';
import { halfQualified, hostsOf, isWildcard, KnownHost, serviceOfHost, Whereabouts } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Finding, Rule, RuleContext } from '../../../rule';
import { entriesOf, fieldsOf, servicesOf, textsOf } from '../../../workloads';

const world = (host: string) => `apiVersion: v1
kind: Service
metadata: { name: billing, namespace: bank }
spec: { selector: { app: billing }, ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress: [{ hosts: ["./*", "${host}"] }]
`;

export const importedInVain: Rule = {
  code: 'SM0285',
  title: 'a Sidecar that imports what is not there',
  explanation: 'In egress[].hosts the part before the slash is the namespace in which a host is declared, the part behind it the host in full; names are not completed. What matches nothing imports '
    + 'nothing, and requests there go past the mesh, or nowhere with REGISTRY_ONLY (istio pilot/pkg/model/sidecar.go, selectServices). Only for hosts of which the app says where they are.',
  severity: Severity.WARNING,
  peers: ['KIA1004'],
  example: { refused: world('shop/billing.bank.svc.cluster.local'), accepted: world('bank/billing.bank.svc.cluster.local') },
  check(context) {
    for (const sidecar of context.model.ofKind('networking.istio.io', 'Sidecar')) {
      for (const listener of entriesOf(fieldsOf(sidecar.manifest.spec).egress, 'spec.egress')) {
        textsOf(listener.value.hosts).forEach((text, index) => {
          const flaw = flawOf(context, sidecar, text);
          if (flaw) context.report(sidecar, { field: `${listener.field}.hosts[${index}]`, value: text, ...flaw });
        });
      }
    }
  },
};

function flawOf(context: RuleContext, sidecar: ModelObject, text: string): Pick<Finding, 'reason' | 'fix'> | undefined {
  const [place, host, ...rest] = text.split('/');
  if (rest.length > 0 || !host || isWildcard(host) || place === '~' || place === '') return undefined;
  const profile = context.profile(sidecar);
  const own = sidecar.namespace ?? 'default';
  // that of the root namespace is for every namespace, and a dot there for each its own
  const namespace = place === '.' ? (own === profile.istioNamespace ? '*' : own) : place;
  const { whereabouts, known } = hostsOf(context.model).find(host, sidecar, profile);
  const full = host.includes('.') && known.length > 0 ? undefined : fullName(context, host, namespace === '*' ? own : namespace);
  if (full) return { reason: 'Istio does not complete names here, and no host is called that', fix: `write ${place}/${full}` };
  if (whereabouts === Whereabouts.MISSING && known.length === 0) {
    const service = serviceOfHost(host.toLowerCase(), profile.clusterDomain);
    return service && { reason: `the app writes no Service ${service.name} that is visible here into namespace ${service.namespace}`, fix: 'check name and namespace, or leave it out' };
  }
  const elsewhere = namespace === '*' ? [] : namespacesOf(known);
  if (elsewhere.length === 0 || elsewhere.includes(namespace)) return undefined;
  return { reason: `it is declared in namespace ${elsewhere.join(' and ')}, not in ${namespace}`, fix: `write ${elsewhere[0]}/${host}` };
}

/** The host that a name seems to mean which is none itself. */
function fullName(context: RuleContext, host: string, namespace: string): string | undefined {
  const meant = host.includes('.') ? halfQualified(host) : { name: host, namespace };
  const service = meant && servicesOf(context.model).find(meant.namespace, meant.name);
  return service && context.profile(service.object).serviceHost(service.name, service.namespace);
}

function namespacesOf(known: readonly KnownHost[]): string[] {
  return [...new Set(known.map(({ namespace }) => namespace))];
}
