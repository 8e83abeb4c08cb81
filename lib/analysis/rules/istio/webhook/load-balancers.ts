import { eachOfNetworking, figure } from './each';
import { allPoliciesOf, partsOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, isGiven, textOf } from '../../../workloads';

const LARGEST_TABLE = 5000011;

export const loadBalancers: Rule = {
  code: 'SM1024',
  title: 'load balancing that Envoy cannot do',
  explanation: 'The table of Maglev is a prime number below 5000011, a ring has one size, cookies and their attributes have names of their own, and localityLbSetting '
    + 'and zoneAwareLbSetting exclude each other (validateLoadBalancer in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65536 } } }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } }
`,
  },
  check: eachOfNetworking('DestinationRule', spec => partsOf(allPoliciesOf(spec), 'loadBalancer').flatMap(inBalancer)),
};

function inBalancer({ field, value }: Entry): Finding[] {
  const hash = fieldsOf(value.consistentHash);
  const at = `${field}.consistentHash`;
  const found: Finding[] = [];
  const table = isGiven(hash.maglev) ? figure(fieldsOf(hash.maglev).tableSize) ?? 0 : 2;
  if (table >= LARGEST_TABLE || !isPrime(table)) {
    found.push({ field: `${at}.maglev.tableSize`, value: String(table), reason: `the table is a prime number below ${LARGEST_TABLE}`, fix: 'write tableSize: 65537' });
  }
  if ((figure(hash.minimumRingSize) ?? 0) !== 0 && (isGiven(hash.maglev) || isGiven(hash.ringHash))) {
    found.push({ field: `${at}.minimumRingSize`, value: String(hash.minimumRingSize), reason: 'it cannot stand beside ringHash or maglev', fix: 'write ringHash: { minimumRingSize: ... }' });
  }
  if (isGiven(hash.httpCookie) && fieldsOf(hash.httpCookie).name === '') {
    found.push({ field: `${at}.httpCookie.name`, value: '', reason: 'a cookie has a name', fix: 'write name: ...' });
  }
  found.push(...inAttributes(entriesOf(fieldsAt(hash, 'httpCookie').attributes, `${at}.httpCookie.attributes`)));
  if (isGiven(value.localityLbSetting) && isGiven(value.zoneAwareLbSetting)) {
    found.push({ field: `${field}.zoneAwareLbSetting`, reason: 'it cannot stand beside localityLbSetting', fix: 'leave one of the two out' });
  }
  return found;
}

function inAttributes(attributes: readonly Entry[]): Finding[] {
  const names = new Set<string>();
  return attributes.flatMap(({ field, value }) => {
    const name = textOf(value.name) ?? '';
    const reason = name === '' ? 'an attribute has a name' : names.has(name) ? 'an attribute before it has this name' : undefined;
    names.add(name);
    return reason === undefined ? [] : [{ field: `${field}.name`, value: name, reason, fix: 'give it a name of its own, or leave it out' }];
  });
}

function isPrime(number: number): boolean {
  // as Envoy counts, 1 is one
  if (number > 0 && number < 4) return true;
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) {
    if (number % factor === 0) return false;
  }
  return true;
}
