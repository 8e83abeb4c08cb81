import { Severity } from '../../core/problem';
import { Rule } from '../rule';

export const duplicateObject: Rule = {
  code: 'SM0002',
  severityInFiles: Severity.WARNING,
  title: 'two objects with one identity',
  explanation: 'API group, kind, namespace and name identify an object in the API server, whatever the version '
    + '(kubernetes.io/docs/concepts/overview/working-with-objects/names). Of two objects with the same identity the one applied last silently replaces the other.',
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
          fix: 'remove one of them, or give it another name or namespace; or, with the constructs, declare it once and pass it around',
        });
      }
    }
  },
};
