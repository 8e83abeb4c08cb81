import { eachOfNetworking, figure } from './each';
import { allPoliciesOf, partsOf } from './traffic-policies';
import { Finding, Rule } from '../../../rule';
import { Entry } from '../../../workloads';

export const outlierDetection: Rule = {
  code: 'SM1023',
  title: 'outlier detection that Istio refuses',
  explanation: 'Percentages are from 0 to 100, and failures of local origin are counted only where they are split from others '
    + '(validateOutlierDetection in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    outlierDetection: { maxEjectionPercent: 150 }
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: orders, namespace: shop }
spec:
  host: orders.example.com
  trafficPolicy:
    outlierDetection: { maxEjectionPercent: 50 }
`,
  },
  check: eachOfNetworking('DestinationRule', spec => partsOf(allPoliciesOf(spec), 'outlierDetection').flatMap(inDetection)),
};

function inDetection({ field, value }: Entry): Finding[] {
  const found: Finding[] = [];
  for (const name of ['maxEjectionPercent', 'minHealthPercent']) {
    const percent = figure(value[name]) ?? 0;
    if (percent < 0 || percent > 100) found.push({ field: `${field}.${name}`, value: String(percent), reason: 'a share is from 0 to 100 percent', fix: 'write a number such as 50' });
  }
  const local = figure(value.consecutiveLocalOriginFailures) ?? 0;
  if (local > 0 && value.splitExternalLocalOriginErrors !== true) {
    found.push({ field: `${field}.consecutiveLocalOriginFailures`, value: String(local), reason: 'these failures are not counted on their own', fix: 'write splitExternalLocalOriginErrors: true' });
  }
  return found;
}
