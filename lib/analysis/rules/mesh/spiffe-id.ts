import { specOf } from './policies';
import { Severity } from '../../../core/problem';
import { meshConfigOf } from '../../hosts';
import { ManifestModel, ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { fieldsOf, labelSelector, labelsOf, textOf, textsOf, workloadsOf } from '../../workloads';
import { sourcesOf } from '../istio/webhook/policy-parts';

const MANAGED = 'spiffe.io/spire-managed-identity';
const TEMPLATES = 'inject.istio.io/templates';
/** Stands for the trust domain of the mesh, whatever that is. */
const OWN = 'cluster.local';

const identities = (template: string) => `apiVersion: spire.spiffe.io/v1alpha1
kind: ClusterSPIFFEID
metadata: { name: shop }
spec:
  spiffeIDTemplate: "${template}"
  podSelector: { matchLabels: { ${MANAGED}: "true" } }
`;

export const spiffeIdShape: Rule = {
  code: 'SM0283',
  title: 'identities of SPIRE that Istio cannot read',
  explanation: 'Istio takes an identity apart as spiffe://<trust domain>/ns/<namespace>/sa/<service account>, and nothing else matches namespaces, service accounts and principals in policies or is '
    + 'expected of a server (istio pkg/spiffe/spiffe.go, ParseIdentity). Only for pods that take their certificates from SPIRE and are in the mesh: by the label spiffe.io/spire-managed-identity, '
    + 'or the template spire in inject.istio.io/templates.',
  severity: Severity.WARNING,
  example: {
    refused: identities('spiffe://{{ .TrustDomain }}/k8s/{{ .PodMeta.Namespace }}/{{ .PodSpec.ServiceAccountName }}'),
    accepted: identities('spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}'),
  },
  check(context) {
    for (const { object, template } of meshIdentities(context.model)) {
      if (/^spiffe:\/\/[^/]+\/ns\/[^/]+\/sa\/[^/]+$/.test(template)) continue;
      context.report(object, {
        field: 'spec.spiffeIDTemplate',
        value: template,
        reason: 'Istio reads identities of the shape spiffe://<trust domain>/ns/<namespace>/sa/<service account> alone: no policy matches these, and no caller trusts them',
        fix: 'write spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}',
      });
    }
  },
};

const inDomain = (domain: string) => `${identities(`spiffe://${domain}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}`)}---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  rules: [{ from: [{ source: { principals: [shop.example.com/ns/shop/sa/checkout] } }] }]
`;

export const spiffeIdTrustDomain: Rule = {
  code: 'SM0284',
  title: 'identities of SPIRE in another trust domain than the mesh\'s',
  explanation: 'Identities are in the trust domain of the mesh (meshConfig.trustDomain), which policies name and sidecars demand of each other; others match nothing, unless trustDomainAliases lists '
    + 'theirs. In policies cluster.local stands for the mesh\'s own (istio pilot/pkg/security/trustdomain/bundle.go). Where the app does not say which that is, its policies do.',
  severity: Severity.WARNING,
  example: { refused: inDomain('prod.example.com'), accepted: inDomain('shop.example.com') },
  check(context) {
    for (const { object, template } of meshIdentities(context.model)) {
      const domain = /^spiffe:\/\/([^/{}\s]+)\//.exec(template)?.[1];
      const expected = domain && expectedDomains(context, object);
      if (!domain || !expected || expected.names.includes(domain)) continue;
      context.report(object, {
        field: 'spec.spiffeIDTemplate',
        value: template,
        reason: `it is in the trust domain ${domain}, and ${expected.source} ${expected.names[0]}: no policy of the mesh matches these identities`,
        fix: `write spiffe://{{ .TrustDomain }}/…, with ${expected.names[0]} as the trust domain of SPIRE, or list ${domain} in meshConfig.trustDomainAliases`,
      });
    }
  },
};

interface Identity {
  readonly object: ModelObject;
  readonly template: string;
}

function meshIdentities(model: ManifestModel): Identity[] {
  return model.ofKind('spire.spiffe.io', 'ClusterSPIFFEID').flatMap(object => {
    const spec = specOf(object);
    const template = textOf(spec.spiffeIDTemplate)?.trim();
    // actions of a template hold no slash where they name fields, and are one segment
    return template === undefined || /\{\{[^}]*\/[^}]*\}\}/.test(template) || !isForMesh(model, spec.podSelector) ? [] : [{ object, template }];
  });
}

function isForMesh(model: ManifestModel, podSelector: unknown): boolean {
  if (labelsOf(fieldsOf(podSelector).matchLabels)[MANAGED] !== undefined) return true;
  return workloadsOf(model).selectedBy(labelSelector(podSelector)).some(({ annotations }) => (annotations[TEMPLATES] ?? '').split(',').includes('spire'));
}

interface Domains {
  readonly source: string;
  readonly names: readonly string[];
}

function expectedDomains(context: RuleContext, object: ModelObject): Domains | undefined {
  const { trustDomain, trustDomainAliases } = meshConfigOf(context.model);
  const aliases = textsOf(trustDomainAliases);
  const written = textOf(trustDomain);
  if (written !== undefined) return { source: 'the mesh is in', names: [written, ...aliases] };
  const profile = context.profile(object).trustDomain;
  // the default matches in a mesh of any name
  if (profile !== OWN) return { source: 'the cluster profile says', names: [profile, ...aliases] };
  const named = context.model.derived(domainsOfPolicies);
  return named.length === 1 ? { source: 'policies of the app name', names: [...named, ...aliases] } : undefined;
}

function domainsOfPolicies(model: ManifestModel): string[] {
  const principals = model.ofKind('security.istio.io', 'AuthorizationPolicy').flatMap(policy => sourcesOf(specOf(policy))).flatMap(({ value }) => textsOf(value.principals));
  const domains = principals.map(principal => /^([^/*]+)\/ns\//.exec(principal)?.[1]).filter(domain => domain !== undefined && domain !== OWN);
  return [...new Set(domains as string[])];
}
