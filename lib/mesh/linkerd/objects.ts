import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { LinkerdProtocol } from './linkerd-protocol';
import { Target } from './values';
import {
  AuthorizationPolicy, AuthorizationPolicySpec, MeshTlsAuthentication, MeshTlsAuthenticationSpec, Server, ServerSpec,
  toJson_AuthorizationPolicySpec, toJson_MeshTlsAuthenticationSpec, toJson_ServerSpec,
} from '../../../imports/policy.linkerd.io';
import { ICaller } from '../../core/caller';
import { resource } from '../../core/resource';

export const GROUP = 'policy.linkerd.io';

/** What an AuthorizationPolicy is for: a port of pods, or requests of a kind to it. */
export type PolicyTarget = 'Server' | 'HTTPRoute';

export function serverName({ workloadName }: Target, port: number): string {
  return `${workloadName}-${port}`;
}

/** A port of the pods of a workload, at which nobody is let in whom no policy names. */
export function server(scope: Construct, id: string, target: Target, port: number, protocol = LinkerdProtocol.DETECT): ApiObject {
  return resource(scope, id, {
    gvk: Server.GVK,
    metadata: { name: serverName(target, port), namespace: target.workloadNamespace },
    fields: {
      spec: () => toJson_ServerSpec({ podSelector: { matchLabels: { ...target.podSelector } }, port, proxyProtocol: protocol } as unknown as ServerSpec),
    },
  });
}

/** Callers by their identities. */
export function authentication(scope: Construct, id: string, metadata: ApiObjectMetadata, callers: () => readonly ICaller[]): ApiObject {
  return resource(scope, id, {
    gvk: MeshTlsAuthentication.GVK,
    metadata,
    fields: { spec: () => toJson_MeshTlsAuthenticationSpec(identities(callers())) },
  });
}

/** Lets in at a target whom an authentication names, or everybody where none is given. */
export function policy(scope: Construct, id: string, metadata: ApiObjectMetadata, kind: PolicyTarget, name: string, authenticated?: string): ApiObject {
  return resource(scope, id, {
    gvk: AuthorizationPolicy.GVK,
    metadata,
    fields: {
      spec: () => toJson_AuthorizationPolicySpec({
        targetRef: { group: GROUP, kind, name },
        requiredAuthenticationRefs: authenticated === undefined ? [] : [{ group: GROUP, kind: 'MeshTLSAuthentication', name: authenticated }],
      } as AuthorizationPolicySpec),
    },
  });
}

function identities(callers: readonly ICaller[]): MeshTlsAuthenticationSpec {
  const refs = callers.map(({ meshIdentity: { namespace, serviceAccountName } }) => serviceAccountName === undefined
    ? { kind: 'Namespace', name: namespace }
    : { kind: 'ServiceAccount', name: serviceAccountName, namespace });
  return { identityRefs: [...new Map(refs.map(ref => [JSON.stringify(ref), ref])).values()] };
}
