import { ManifestModel, ModelObject } from '../../../model';
import { fieldsAt, fieldsOf, mapSelector, Selector, selectsAll, textOf } from '../../../workloads';

export function peerAuthentications(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind('security.istio.io', 'PeerAuthentication');
}

export function peerSelector(peer: ModelObject): Selector {
  return mapSelector(fieldsAt(peer.manifest, 'spec', 'selector').matchLabels);
}

/** What a PeerAuthentication says for all ports; nothing where it leaves that to a wider one. */
export function peerMode(peer: ModelObject): string | undefined {
  const mode = textOf(fieldsOf(fieldsOf(peer.manifest.spec).mtls).mode);
  return mode === 'UNSET' ? undefined : mode;
}

/** What a PeerAuthentication says, and which one. */
export interface ServerSide {
  readonly mode: string;
  readonly peer: ModelObject;
}

/** What holds for a whole namespace, and the PeerAuthentication that says so: its own, else that of the mesh. */
export function namespaceMode(model: ManifestModel, namespace: string, root: string): ServerSide | undefined {
  const wide = peerAuthentications(model).filter(peer => selectsAll(peerSelector(peer)) && peerMode(peer) !== undefined);
  const peer = wide.find(candidate => candidate.namespace === namespace) ?? wide.find(candidate => candidate.namespace === root);
  return peer === undefined ? undefined : { mode: peerMode(peer)!, peer };
}
