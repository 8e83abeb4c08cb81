import { Rule } from '../../rule';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export const namespaceName: Rule = {
  code: 'SM0503',
  title: 'a namespace name that is no DNS label',
  explanation: 'A namespace is a part of host names, so its name is an RFC 1123 label of at most 63 lower-case letters, digits and hyphens '
    + '(kubernetes.io/docs/concepts/overview/working-with-objects/namespaces).',
  example: {
    refused: `apiVersion: v1
kind: Namespace
metadata: { name: shop_eu }
`,
    accepted: `apiVersion: v1
kind: Namespace
metadata: { name: shop-eu }
`,
  },
  check(context) {
    for (const namespace of context.model.ofKind('', 'Namespace')) {
      const { name } = namespace.manifest.metadata ?? {};
      if (typeof name !== 'string' || (name.length <= 63 && DNS_LABEL.test(name))) continue;
      context.report(namespace, {
        field: 'metadata.name',
        value: name,
        reason: 'the API server refuses it: a namespace name is at most 63 lower-case letters, digits and hyphens, with a letter or digit at both ends',
        fix: 'rename it; with the constructs, set name, or the namespace of the chart, whose name it takes',
      });
    }
  },
};
