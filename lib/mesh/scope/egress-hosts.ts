import { IConstruct } from 'constructs';
import type { SidecarScopeProps } from './sidecar-scope';
import { ICaller } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { isKnativeWorkload } from '../../core/knative-workload';
import { namespaceOf } from '../../core/names';
import { TEXTS, usable } from '../../core/wrong-type';

/** The hosts that sidecars need to know for everything that was declared. */
export function egressHosts(scope: IConstruct, props: SidecarScopeProps, namespace: string): string[] {
  const wanted = new Set([
    ...(props.ownNamespace ?? props.workload === undefined) ? ['./*'] : [],
    ...(usable(props.namespaces, TEXTS) ?? platform(scope)).map(name => name === namespace ? './*' : `${name}/*`),
    ...declared(scope, props, namespace),
    ...usable(props.hosts, TEXTS) ?? [],
  ]);
  // a list without a host is refused; this one is for nobody
  if (wanted.size === 0) return ['~/*'];
  return [...wanted].filter(host => host.endsWith('/*') || !wanted.has(`${host.split('/')[0]}/*`)).sort();
}

/** What sidecars talk to that nobody wrote down as a call: gateways, brokers, collectors of traces and logs. */
function platform(scope: IConstruct): string[] {
  const profile = ClusterProfile.of(scope);
  const knative = Intents.of(scope).workloads.all.some(isKnativeWorkload)
    ? [profile.knativeServingNamespace, profile.knativeEventingNamespace, profile.localGateway.serviceNamespace] : [];
  return [...new Set([profile.istioNamespace, profile.monitoring.namespace!, ...knative])];
}

function declared(scope: IConstruct, { workload }: SidecarScopeProps, namespace: string): string[] {
  const intents = Intents.of(scope);
  const near = (name: string) => name === namespace ? '.' : name;
  const calls = (caller: ICaller) => workload === undefined
    ? caller.meshIdentity?.namespace === namespace
    : caller === workload as ICaller || (caller.meshIdentity?.namespace === namespace && [undefined, workload.serviceAccountName].includes(caller.meshIdentity.serviceAccountName));
  return [
    ...intents.edges.all.filter(({ caller, delivery }) => !delivery && calls(caller)).map(({ target }) =>
      // the routes of a serverless service lead to its revisions, whose names nobody knows beforehand
      `${near(target.workloadNamespace)}/${isKnativeWorkload(target) ? '*' : target.serviceHost}`),
    ...intents.egress.all.filter(({ caller }) => calls(caller)).flatMap(({ hosts, namespace: of }) => hosts.map(host => `${near(of)}/${host}`)),
    ...intents.externals.all.filter(({ construct }) => namespaceOf(construct) === namespace).map(({ host }) => `./${host}`),
  ];
}
