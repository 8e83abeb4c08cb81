import { SERVING_GROUP } from './templates';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsAt, textOf } from '../../values';
import { configurationsOf } from '../../workloads';

/** Kinds without an address, by group. */
const WITHOUT_ADDRESS: ReadonlyMap<string, readonly string[]> = new Map([
  ['apps', ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']],
  ['batch', ['Job', 'CronJob']],
  ['v1', ['Pod', 'ConfigMap', 'Secret']],
  [SERVING_GROUP, ['Configuration', 'Revision', 'DomainMapping']],
]);

const mapping = (spec: string) => `apiVersion: serving.knative.dev/v1beta1
kind: DomainMapping
metadata: { name: shop.example.com, namespace: shop }
spec:
${spec}`;

const CHECKOUT = '  ref: { apiVersion: serving.knative.dev/v1, kind: Service, name: checkout }\n';

export const domainMappingTarget: Rule = {
  code: 'SM1217',
  title: 'a domain mapping to something without an address',
  explanation: 'The reference is resolved to the address of the object: Knative services, routes and brokers have one, and so has a Service of Kubernetes; what merely runs pods has '
    + 'none (knative/serving pkg/reconciler/domainmapping/reconciler.go, resolveRef).',
  example: { refused: mapping('  ref: { apiVersion: apps/v1, kind: Deployment, name: web }\n'), accepted: mapping(CHECKOUT) },
  check: context => context.model.ofKind(SERVING_GROUP, 'DomainMapping').forEach(object => {
    const ref = fieldsAt(object.manifest, 'spec', 'ref');
    const [apiVersion, kind] = [textOf(ref.apiVersion), textOf(ref.kind)];
    if (apiVersion === undefined || kind === undefined || !WITHOUT_ADDRESS.get(apiVersion.split('/')[0])?.includes(kind)) return;
    context.report(object, {
      field: 'spec.ref.kind',
      value: kind,
      reason: `a ${kind} has no address that a host could be mapped to`,
      fix: 'name a Knative service; a Deployment is reached by a gateway of the mesh with a route to its Service',
    });
  }),
};

export const domainMappingSecret: Rule = {
  code: 'SM1219',
  title: 'a domain mapping whose certificate is in another namespace',
  explanation: 'The Secret of spec.tls is read from the namespace of the mapping and copied from there to the gateways (knative/serving pkg/reconciler/domainmapping/reconciler.go, tls; '
    + 'net-istio pkg/reconciler/ingress/resources/secret.go).',
  severity: Severity.WARNING,
  example: {
    refused: `${mapping(`${CHECKOUT}  tls: { secretName: shop-tls }\n`)}${certificate('istio-system')}`,
    accepted: `${mapping(`${CHECKOUT}  tls: { secretName: shop-tls }\n`)}${certificate('shop')}`,
  },
  check: context => context.model.ofKind(SERVING_GROUP, 'DomainMapping').forEach(object => {
    const name = textOf(fieldsAt(object.manifest, 'spec', 'tls').secretName);
    const configurations = configurationsOf(context.model);
    if (name === undefined || configurations.find('Secret', object.namespace!, name)) return;
    const elsewhere = configurations.called('Secret', name)[0];
    if (elsewhere === undefined) return;
    context.report(object, {
      field: 'spec.tls.secretName',
      value: name,
      reason: `${elsewhere.object.path} puts it into namespace ${elsewhere.namespace}, and the mapping reads it in ${object.namespace}`,
      fix: `put the Secret into namespace ${object.namespace}`,
    });
  }),
};

function certificate(namespace: string): string {
  return `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop-tls, namespace: ${namespace} }
spec:
  secretName: shop-tls
  dnsNames: [shop.example.com]
  issuerRef: { kind: ClusterIssuer, name: letsencrypt }
`;
}
