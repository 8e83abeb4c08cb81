import { eachOfNetworking, items } from './each';
import { isLabel } from './names';
import { Finding, Rule } from '../../../rule';
import { isGiven } from '../../../workloads';

export const exportTo: Rule = {
  code: 'SM1018',
  title: 'exportTo that Istio refuses',
  explanation: 'exportTo lists namespaces once each, a dot for the own one, or an asterisk alone for all; a ServiceEntry may be for no one (~); a DestinationRule '
    + 'with a workloadSelector stays in its namespace (validateExportTo in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  exportTo: [".", "*"]
  http:
    - route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  exportTo: ["*"]
  http:
    - route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking(['VirtualService', 'DestinationRule', 'ServiceEntry'], (spec, { manifest, namespace = 'default' }) => {
    const isEntry = manifest.kind === 'ServiceEntry';
    const entries = items(spec.exportTo, 'spec.exportTo').map(({ field, text }) => ({ field, text, name: text === '.' ? namespace : text }));
    const found: Finding[] = [];
    for (const [index, { field, text, name }] of entries.entries()) {
      if (entries.slice(0, index).some(other => other.name === name)) {
        found.push({ field, value: text, reason: 'it says the same as one before', fix: 'leave it out' });
      } else if ((name === '*' || isEntry && name === '~') && entries.length > 1) {
        found.push({ field, value: text, reason: `${name === '*' ? 'all' : 'nobody'} and some exclude each other`, fix: `write exportTo: ["${name}"], or the namespaces alone` });
      } else if (name !== '*' && !(isEntry && name === '~') && !isLabel(name)) {
        found.push({ field, value: text, reason: 'this is no namespace', fix: 'write the name of a namespace, ".", or "*" alone' });
      } else if (manifest.kind === 'DestinationRule' && isGiven(spec.workloadSelector) && name !== namespace) {
        found.push({ field, value: text, reason: 'it is for some workloads of its namespace only', fix: 'write exportTo: ["."]' });
      }
    }
    return found;
  }),
};
