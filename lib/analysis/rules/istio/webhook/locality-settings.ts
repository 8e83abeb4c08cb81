import { count, eachOfNetworking, figure, items } from './each';
import { localityFault } from './localities';
import { allPoliciesOf, partsOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsOf, textOf } from '../../../workloads';

const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

export const localitySettings: Rule = {
  code: 'SM1025',
  title: 'distribution over localities that does not add up',
  explanation: 'Of distribute and failover there is one; weights are from 1 to 100 and add up to 100 for each origin; places do not overlap; failover is from one '
    + 'region to another (ValidateLocalityLbSetting in istio pkg/config/validation/agent/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute: [{ from: eu/*, to: { eu/*: 80, us/*: 10 } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute: [{ from: eu/*, to: { eu/*: 80, us/*: 20 } }]
`,
  },
  check: eachOfNetworking('DestinationRule', spec => {
    const balancers = partsOf(allPoliciesOf(spec), 'loadBalancer');
    return [...partsOf(balancers, 'localityLbSetting').flatMap(inSetting),
      ...partsOf(balancers, 'zoneAwareLbSetting').flatMap(({ field, value }) => [...inFailover(value.failover, `${field}.failover`), ...inPriority(value, field)])];
  }),
};

function inSetting({ field, value }: Entry): Finding[] {
  const { distribute, failover } = value;
  if (count(distribute) > 0 && count(failover) > 0) return [{ field: `${field}.failover`, reason: 'it cannot stand beside distribute', fix: 'leave one of the two out' }];
  if (count(failover) > 0) {
    const clash = inPriority(value, field);
    if (clash.length > 0) return clash;
  }
  const entries = entriesOf(distribute, `${field}.distribute`);
  const wrong = entries.flatMap(inDistribution);
  const fault = localityFault(entries.flatMap(entry => textOf(entry.value.from) ?? []));
  if (fault) wrong.push({ field: `${field}.distribute`, value: fault.locality, reason: fault.reason, fix: 'name each origin once, as region/zone/subzone' });
  return wrong.length > 0 ? wrong : inFailover(failover, `${field}.failover`);
}

function inDistribution({ field, value }: Entry): Finding[] {
  const to = Object.entries(fieldsOf(value.to));
  const out = to.find(([, weight]) => (figure(weight) ?? 0) <= 0 || (figure(weight) ?? 0) > 100);
  if (out) return [{ field: `${field}.to[${out[0]}]`, value: String(out[1]), reason: 'a weight is from 1 to 100', fix: 'leave out where nothing goes' }];
  const total = to.reduce((sum, [, weight]) => sum + (figure(weight) ?? 0), 0);
  if (total !== 100) return [{ field: `${field}.to`, value: String(total), reason: `the weights add up to ${total}, not to 100`, fix: 'write weights that add up to 100' }];
  const fault = localityFault(to.map(([locality]) => locality).sort());
  return fault ? [{ field: `${field}.to[${fault.locality}]`, value: fault.locality, reason: fault.reason, fix: 'name each place once, as region/zone/subzone' }] : [];
}

function inPriority({ failoverPriority }: Entry['value'], field: string): Finding[] {
  return items(failoverPriority, `${field}.failoverPriority`).filter(({ text }) => TOPOLOGY.includes(text))
    .map(({ field: at, text }) => ({ field: at, value: text, reason: 'the order of regions is decided already', fix: 'leave it out' }));
}

function inFailover(failover: unknown, at: string): Finding[] {
  return entriesOf(failover, at).flatMap(({ field, value }) => {
    const [from, to] = [textOf(value.from) ?? '', textOf(value.to) ?? ''];
    const reason = from === to ? 'from and to are the same region' : /[/*]/.test(from + to) ? 'failover is from region to region, without zones and asterisks' : undefined;
    return reason === undefined ? [] : [{ field: `${field}.to`, value: to, reason, fix: 'write from: and to: with the names of two regions' }];
  });
}
