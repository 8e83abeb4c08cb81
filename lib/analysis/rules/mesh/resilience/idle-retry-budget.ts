import { trafficPolicies, withPolicy } from './policies';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { isGiven } from '../../../workloads';

export const idleRetryBudget: Rule = {
  code: 'SM1258',
  title: 'a retry budget that nobody looks at',
  explanation: 'istiod sets the budget while it sets up the connection pool, and where a policy has no connectionPool it sets up none (applyConnectionPool in istio '
    + 'pilot/pkg/networking/core/cluster_traffic_policy.go). A pool without limits is enough.',
  severity: Severity.WARNING,
  example: {
    refused: withPolicy('{ retryBudget: { percent: 10 } }'),
    accepted: withPolicy('{ retryBudget: { percent: 10 }, connectionPool: { http: { maxRetries: 100 } } }'),
  },
  check(context) {
    for (const { rule, hosts } of trafficPolicies(context.model)) {
      const [main] = hosts;
      const inherited = main?.field === 'spec.trafficPolicy' && isGiven(main.value.connectionPool);
      for (const { field, value } of hosts) {
        if (!isGiven(value.retryBudget) || isGiven(value.connectionPool) || inherited) continue;
        context.report(rule, {
          field: `${field}.retryBudget`,
          reason: 'istiod looks at it only where the same policy has a connectionPool',
          fix: 'add connectionPool: { http: {} }',
        });
      }
    }
  },
};
