import { eachOfNetworking } from './each';
import { isLabel, labelFaults, wildcardDomainFault } from './names';
import { Finding, Rule } from '../../../rule';
import { entriesOf } from '../../../workloads';

export const destinationRuleSubsets: Rule = {
  code: 'SM1020',
  title: 'host or subset of a DestinationRule that Istio refuses',
  explanation: 'The host is the name of one, subsets have names of their own that are DNS labels, and labels that pods can have '
    + '(ValidateDestinationRule in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v1, labels: { version: v2 } }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  subsets:
    - { name: v1, labels: { version: v1 } }
    - { name: v2, labels: { version: v2 } }
`,
  },
  check: eachOfNetworking('DestinationRule', spec => {
    const found: Finding[] = [];
    const fault = typeof spec.host === 'string' ? wildcardDomainFault(spec.host) : undefined;
    if (fault !== undefined) found.push({ field: 'spec.host', value: String(spec.host), reason: fault, fix: 'write the name of a Service, or of a host that a ServiceEntry declares' });
    const names = new Set<string>();
    for (const { field, value } of entriesOf(spec.subsets, 'spec.subsets')) {
      found.push(...labelFaults(value.labels, `${field}.labels`));
      const { name } = value;
      if (typeof name !== 'string') continue;
      if (names.has(name)) found.push({ field: `${field}.name`, value: name, reason: 'a subset before it has this name', fix: 'give it a name of its own' });
      else if (!isLabel(name)) found.push({ field: `${field}.name`, value: name, reason: 'a subset has the name of a DNS label', fix: 'write letters, digits and -' });
      names.add(name);
    }
    return found;
  }),
};
