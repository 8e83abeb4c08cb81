import { allowed, Answer, denied, named } from './answer';
import { policiesAtPods } from './attachment';
import { destinationTls, TlsMode } from './caller-tls';
import { Party } from './party';
import { ClusterProfile } from '../../core/cluster-profile';
import { MeshMembership } from '../../core/mesh-mode';
import { ManifestModel, ModelObject } from '../model';
import { fieldsAt, fieldsOf, textOf } from '../values';

/** Whether pods accept a connection of a caller, and whether they see its identity; a Sidecar may keep the caller's own from knowing that it calls a member of the mesh. */
export function handshake(model: ManifestModel, from: Party, to: Party, profile: ClusterProfile, blind?: ModelObject): Answer {
  const required = requiredTls(model, to, profile.istioNamespace);
  const ambient = to.membership === MeshMembership.AMBIENT;
  const sent = from.membership === MeshMembership.SIDECAR && !blind ? destinationTls(model, from, to, profile) : undefined;
  const off = required.mode === 'DISABLE' && !ambient;
  const plain = from.membership === MeshMembership.OUTSIDE || blind !== undefined || sent?.mode === 'DISABLE' || off;
  if (sent !== undefined && off && sent.mode !== 'DISABLE') {
    return denied(`${named(sent.by!)} has the caller speak TLS, which the pods do not understand: ${named(required.by!)} disables it`, sent.by);
  }
  if (sent !== undefined && sent.mode !== 'DISABLE' && sent.mode !== 'ISTIO_MUTUAL' && required.mode === 'STRICT') {
    return denied(`${named(sent.by!)} has the caller bring TLS of its own in place of its mesh identity, and ${named(required.by!)} is STRICT`, sent.by);
  }
  if (plain && required.mode === 'STRICT') {
    if (blind) return denied(`${named(blind)} does not import ${to.host ?? to.name}, so the caller speaks plain text, and ${named(required.by!)} wants mutual TLS`, blind);
    const why = sent?.mode === 'DISABLE' ? `${named(sent.by!)} has the caller speak plain text` : 'the caller speaks plain text';
    return denied(`${why}, and ${named(required.by!)} wants mutual TLS`, required.by);
  }
  const identified = !plain && (sent === undefined || sent.mode === 'ISTIO_MUTUAL');
  const how = identified ? 'over mutual TLS: the pods see who calls' : 'without mutual TLS: the caller has no identity that a policy could name';
  const says = required.by ? ` by ${named(required.by)}` : ', as nothing says otherwise';
  // what takes the identity away is to blame for what is denied for want of it
  return { ...allowed(`${how} (${required.mode}${says})`, plain && (blind ?? sent?.by) ? blind ?? sent!.by : required.by), identified };
}

/** The mode of a port: of the pods' own PeerAuthentication, then the namespace's, then the mesh's (ComposePeerAuthentication in istio). */
export function requiredTls(model: ManifestModel, pods: Party, root: string): TlsMode {
  const policies = policiesAtPods(model, 'PeerAuthentication', pods, root);
  const wide = (namespace?: string) => policies.find(policy => policy.namespace === namespace && !hasSelector(policy));
  // those with a selector in the namespace of the mesh are ignored
  const own = pods.namespace === root ? undefined : policies.find(policy => policy.namespace === pods.namespace && hasSelector(policy));
  const port = own && pods.port !== undefined ? modeOf(fieldsAt(own.manifest, 'spec', 'portLevelMtls')[String(pods.port)]) : undefined;
  if (port !== undefined) return { mode: port, by: own };
  for (const policy of [own, wide(pods.namespace), wide(root)]) {
    const mode = policy && modeOf(fieldsOf(policy.manifest.spec).mtls);
    if (mode !== undefined) return { mode, by: policy };
  }
  return { mode: 'PERMISSIVE' };
}

function hasSelector(policy: ModelObject): boolean {
  return Object.keys(fieldsAt(policy.manifest, 'spec', 'selector', 'matchLabels')).length > 0;
}

function modeOf(tls: unknown): string | undefined {
  const mode = textOf(fieldsOf(tls).mode);
  return mode === 'UNSET' ? undefined : mode;
}
