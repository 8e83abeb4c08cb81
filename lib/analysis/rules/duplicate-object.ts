import { Rule } from '../rule';

export const duplicateObject: Rule = {
  code: 'SM0002',
  title: 'two objects with one identity',
  explanation: 'Group, kind, namespace and name identify an object in the API server. Of two objects with the same identity the one applied last '
    + 'silently replaces the other.',
  example: {
    refused: `apiVersion: v1
kind: ConfigMap
metadata: { name: prices, namespace: shop }
data:
  currency: EUR
---
apiVersion: v1
kind: ConfigMap
metadata: { name: prices, namespace: shop }
data:
  currency: USD
`,
    accepted: `apiVersion: v1
kind: ConfigMap
metadata: { name: prices, namespace: shop }
data:
  currency: EUR
---
apiVersion: v1
kind: ConfigMap
metadata: { name: prices-us, namespace: shop }
data:
  currency: USD
`,
  },
  check(context) {
    const owners = new Map<string, string>();
    for (const object of context.model.objects) {
      const { group, namespace, name, manifest: { kind } } = object;
      // the API server makes names up from generateName, each a new one
      if (name === undefined) continue;
      const identity = [group, kind, namespace ?? '', name].join('/');
      const owner = owners.get(identity);
      if (owner === undefined) {
        owners.set(identity, object.path);
      } else {
        context.report(object, {
          field: 'metadata.name',
          value: name,
          reason: `${owner} already writes the ${kind} of this name${namespace ? ` in namespace ${namespace}` : ''}, so one would overwrite the other`,
          fix: 'give one of them another name or namespace, or declare it once and pass the construct around',
        });
      }
    }
  },
};
