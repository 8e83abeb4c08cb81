import { destinationRule, trafficPolicies } from './traffic-policies';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf } from '../../workloads';

export const leastConn: Rule = {
  code: 'SM0902',
  title: 'load balancing by its old name',
  explanation: 'LEAST_CONN is the former name of LEAST_REQUEST and marked deprecated. What Envoy does is the latter: of two random hosts it takes the one with fewer requests in flight '
    + '(istio.api networking/v1alpha3/destination_rule.proto, SimpleLB).',
  severity: Severity.WARNING,
  example: {
    refused: destinationRule('{ loadBalancer: { simple: LEAST_CONN } }'),
    accepted: destinationRule('{ loadBalancer: { simple: LEAST_REQUEST } }'),
  },
  check(context) {
    for (const { rule, policy } of trafficPolicies(context.model)) {
      if (fieldsOf(policy.value.loadBalancer).simple !== 'LEAST_CONN') continue;
      context.report(rule, {
        field: `${policy.field}.loadBalancer.simple`,
        value: 'LEAST_CONN',
        reason: 'it is the deprecated name of LEAST_REQUEST, and a release to come may refuse it',
        fix: 'write LEAST_REQUEST, which is also what holds where nothing is said',
      });
    }
  },
};
