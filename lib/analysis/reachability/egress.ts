import { allowed, Answer, denied, depends, named } from './answer';
import { destinationHosts } from './mesh-routes';
import { isGatewayAccount, isKnative } from './parties';
import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership } from '../../core/mesh-mode';
import { EgressScope, egressScopeOf, hostsOf } from '../hosts';
import { ManifestModel, ModelObject } from '../model';
import { textsOf } from '../values';
import { Kept } from '../workloads/kept';

/** What the sidecar of a caller makes of a host that its Sidecar does not import. */
export interface Unknown {
  readonly sidecar: ModelObject;
  readonly blocked: boolean;
}

/** The Sidecar that keeps a caller from knowing its callee; undefined where it knows it, or has no sidecar at all. */
export function unknownTo(model: ManifestModel, from: Party, to: Party, profile: ClusterProfile): Unknown | undefined {
  if (to.host === undefined || to.namespace === undefined || !hasSidecar(from, profile)) return undefined;
  const scope = model.derived(scopes).of(profile).of(from);
  if (!scope.sidecar || scope.imports(to.host.toLowerCase(), to.namespace)) return undefined;
  // who imports a route also gets where it leads to, and a host of the world may be declared anywhere
  const isImported = model.derived(destinationHosts).has(to.host) || declarations(model, to.host).some(namespace => scope.imports(to.host!, namespace));
  return isImported ? undefined : { sidecar: scope.sidecar, blocked: scope.registryOnly };
}

/** What comes of a request to a host that the caller's sidecar does not know (istio pilot/pkg/networking/core/httproute.go, buildCatchAllVirtualHost). */
export function egressAnswer(from: Party, to: Party, { sidecar, blocked }: Unknown): Answer {
  const what = `${named(sidecar)} does not import ${to.host}`;
  if (blocked) return denied(`${what}, and the sidecar of ${from.name} blocks what it does not know (REGISTRY_ONLY)`, sidecar);
  return isKnative(to)
    ? depends(`${what}: the request takes the way of those without a sidecar, through the gateway, which is not followed`, sidecar)
    : allowed(`${what}: the sidecar of ${from.name} passes the connection on as it is, without the mesh's TLS`, sidecar);
}

/** Sidecars follow Sidecar objects and routes of the mesh, gateways do not. */
export function hasSidecar(from: Party, profile: ClusterProfile): boolean {
  return from.membership === MeshMembership.SIDECAR && from.namespace !== undefined && !isGatewayAccount(profile, from.namespace, from.serviceAccount)
    && !(from.workload?.annotations['inject.istio.io/templates'] ?? '').includes('gateway');
}

function scopes(model: ManifestModel): Kept<ClusterProfile, Kept<Party, EgressScope>> {
  return new Kept(profile => new Kept(from => egressScopeOf(model, {
    namespace: from.namespace!,
    labels: from.labels ?? {},
    mayBe: from.workload && ((key, value) => from.workload!.mayBe(key, value)),
  }, profile)));
}

function declarations(model: ManifestModel, host: string): string[] {
  return model.derived(declaredBy).get(host) ?? [];
}

function declaredBy(model: ManifestModel): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { host, namespace } of hostsOf(model).all()) found.set(host, [...textsOf(found.get(host)), namespace]);
  return found;
}
