import { ClusterProfile } from '../../../../core/cluster-profile';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { Rule } from '../../../rule';
import { suggestion } from '../suggestion';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\n';
const settings = (namespace: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: order-settings, namespace: ${namespace} }
data: { currency: EUR }
`;

/** Namespaces that every cluster has. */
const ALWAYS_THERE = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

export const namespaceUndeclared: Rule = {
  code: 'SM0192',
  title: 'objects in a namespace that the app does not write',
  explanation: 'The API server takes no object into a namespace that is not there. Only where the app writes namespaces of its own is one missed; those that are there '
    + 'already are named in the cluster profile (namespaces) or are those of Istio and Knative (kubernetes.io/docs/concepts/overview/working-with-objects/namespaces).',
  severity: Severity.INFO,
  example: { refused: NAMESPACE + settings('shopp'), accepted: NAMESPACE + settings('shop') },
  check(context) {
    const written = new Set(context.model.ofKind('', 'Namespace').map(({ name }) => name).filter(name => name !== undefined));
    if (written.size === 0) return;
    const said = new Set<string>();
    for (const object of context.model.objects) {
      const { namespace } = object;
      if (namespace === undefined || said.has(namespace) || written.has(namespace) || isThere(namespace, context.profile(object))) continue;
      said.add(namespace);
      const meant = suggestion(namespace, [...written]);
      context.report(object, {
        field: 'metadata.namespace',
        value: namespace,
        reason: `the app writes Namespaces, but not ${namespace}, which this object and perhaps others are in`,
        fix: meant === undefined ? 'write the Namespace, or name it in the cluster profile if it is there already' : `write ${meant}, if that is meant`,
      });
    }
  },
};

function isThere(namespace: string, profile: ClusterProfile): boolean {
  return ALWAYS_THERE.includes(namespace) || isForeign(namespace, profile);
}
