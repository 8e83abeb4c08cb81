import { onFault } from './fault-rule';

export const invalidName = onFault('name', {
  code: 'SM0610',
  title: 'a name that the API server refuses',
  explanation: 'Names of objects become parts of paths and, for many kinds, of DNS names, so their characters and length are limited, differently by kind. Keys of labels and '
    + 'annotations and values of labels have a form of their own (apimachinery pkg/util/validation).',
  example: {
    refused: `apiVersion: v1
kind: ConfigMap
metadata:
  name: Order_Settings
  namespace: shop
  labels: { owner: "Team Orders" }
`,
    accepted: `apiVersion: v1
kind: ConfigMap
metadata:
  name: order-settings
  namespace: shop
  labels: { owner: team-orders }
`,
  },
});
