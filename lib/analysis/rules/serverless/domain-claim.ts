import { SERVING_GROUP } from './templates';
import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { fieldsOf, textOf } from '../../values';

const mapping = (namespace: string) => `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: { name: shop.example.com, namespace: ${namespace} }
spec:
  ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: checkout }
`;

const claim = (namespace: string) => `---
apiVersion: networking.internal.knative.dev/v1alpha1
kind: ClusterDomainClaim
metadata: { name: shop.example.com }
spec: { namespace: ${namespace} }
`;

export const domainClaimElsewhere: Rule = {
  code: 'SM1215',
  title: 'a domain mapping whose host is claimed for another namespace',
  explanation: 'A host belongs to the namespace that its ClusterDomainClaim names; a mapping in any other never becomes ready (knative/serving pkg/reconciler/domainmapping/reconciler.go, '
    + 'reconcileDomainClaim).',
  example: { refused: `${mapping('shop')}${claim('blog')}`, accepted: `${mapping('shop')}${claim('shop')}` },
  check(context) {
    for (const object of mappings(context.model)) {
      const owner = textOf(fieldsOf(claimOf(context.model, object)?.manifest.spec).namespace);
      if (owner === undefined || owner === object.namespace) continue;
      context.report(object, {
        field: 'metadata.namespace',
        value: object.namespace,
        reason: `the ClusterDomainClaim ${object.name} gives the host to namespace ${owner}`,
        fix: `write the mapping in namespace ${owner}, or change spec.namespace of the claim`,
      });
    }
  },
};

export const domainMappedTwice: Rule = {
  code: 'SM1216',
  title: 'one host mapped in several namespaces',
  explanation: 'A host belongs to one namespace of the cluster. Of several mappings of one host only that in the claiming namespace becomes ready (knative/serving '
    + 'pkg/reconciler/domainmapping/reconciler.go).',
  example: { refused: `${mapping('shop')}---\n${mapping('blog')}`, accepted: mapping('shop') },
  check(context) {
    const byHost = context.model.derived(mappingsByHost);
    for (const object of mappings(context.model)) {
      const rival = byHost.get(object.name ?? '')?.find(other => other.namespace !== object.namespace);
      if (rival === undefined || claimOf(context.model, object) !== undefined) continue;
      context.report(object, {
        field: 'metadata.name',
        value: object.name,
        reason: `${rival.path} maps the same host in namespace ${rival.namespace}, and a host belongs to one namespace`,
        fix: 'map the host in one namespace; several services under one host need a route of the mesh',
      });
    }
  },
};

export const domainUnclaimed: Rule = {
  code: 'SM1218',
  title: 'a domain mapping without a claim',
  explanation: 'Unless Knative is told to claim hosts by itself (config-network, autocreate-cluster-domain-claims) a mapping waits for a ClusterDomainClaim of its name, which whoever '
    + 'runs the cluster may have made (knative/serving pkg/reconciler/domainmapping/reconciler.go, createDomainClaim).',
  severity: Severity.INFO,
  example: { refused: mapping('shop'), accepted: `${mapping('shop')}${claim('shop')}` },
  check(context) {
    for (const object of mappings(context.model)) {
      if (context.profile(object).autocreateDomainClaims || claimOf(context.model, object) !== undefined) continue;
      context.report(object, {
        field: 'metadata.name',
        value: object.name,
        reason: 'the app writes no ClusterDomainClaim of this name, and the cluster profile does not say that Knative claims hosts by itself',
        fix: `write a ClusterDomainClaim ${object.name} with spec.namespace ${object.namespace}, or say autocreateDomainClaims: true in the profile`,
      });
    }
  },
};

function mappings(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind(SERVING_GROUP, 'DomainMapping').filter(({ name }) => name !== undefined);
}

function claimOf(model: ManifestModel, mapped: ModelObject): ModelObject | undefined {
  return model.byName('networking.internal.knative.dev', 'ClusterDomainClaim', undefined, mapped.name!);
}

function mappingsByHost(model: ManifestModel): ReadonlyMap<string, ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const object of mappings(model)) found.set(object.name!, [...found.get(object.name!) ?? [], object]);
  return found;
}
