import { destinationRule, trafficPolicies } from './traffic-policies';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf, isGiven } from '../../workloads';

export const consecutiveErrors: Rule = {
  code: 'SM0901',
  title: 'outlier detection by a field that Istio ignores',
  explanation: 'outlierDetection.consecutiveErrors is in the schema still, but nothing reads it: a host is then ejected after the default of five consecutive 5xx answers '
    + '(istio pilot/pkg/networking/core/cluster_traffic_policy.go).',
  severity: Severity.WARNING,
  peers: ['IST0133'],
  example: {
    refused: destinationRule('{ outlierDetection: { consecutiveErrors: 3, interval: 10s } }'),
    accepted: destinationRule('{ outlierDetection: { consecutive5xxErrors: 3, interval: 10s } }'),
  },
  check(context) {
    for (const { rule, policy } of trafficPolicies(context.model)) {
      const { consecutiveErrors: value } = fieldsOf(policy.value.outlierDetection);
      if (!isGiven(value)) continue;
      context.report(rule, {
        field: `${policy.field}.outlierDetection.consecutiveErrors`,
        value,
        reason: 'Istio has not read this field for years',
        fix: `write consecutive5xxErrors: ${String(value)} (502, 503 and 504 alone: consecutiveGatewayErrors; connections that fail: consecutiveLocalOriginFailures with splitExternalLocalOriginErrors: true)`,
      });
    }
  },
};
