import { partsOf, trafficPolicies, withPool } from './policies';
import { Severity } from '../../../../core/problem';
import { Rule } from '../../../rule';
import { textOf } from '../../../workloads';

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

export const shortConnectTimeout: Rule = {
  code: 'SM1257',
  title: 'a timeout for connections that ends them between zones',
  explanation: 'A connection with mTLS takes several round trips, and one round trip between zones of a region a few milliseconds, so below a tenth of a second connections fail under '
    + 'load without anything being wrong. Istio gives them ten seconds (istio.api mesh/v1alpha1/config.proto, connect_timeout).',
  severity: Severity.WARNING,
  severityInFiles: Severity.INFO,
  example: {
    refused: withPool('{ tcp: { connectTimeout: 10ms } }'),
    accepted: withPool('{ tcp: { connectTimeout: 1s } }'),
  },
  check(context) {
    for (const { rule, policies } of trafficPolicies(context.model)) {
      for (const { field, value } of partsOf(partsOf(policies, 'connectionPool'), 'tcp')) {
        const timeout = textOf(value.connectTimeout);
        const given = millisecondsOf(timeout);
        if (given === undefined || given === 0 || given >= 100) continue;
        context.report(rule, {
          field: `${field}.connectTimeout`,
          value: timeout,
          reason: 'connections that take longer are given up, and between zones with mTLS they do',
          fix: 'write 1s or more; how long an answer may take is a matter of the route (http[].timeout)',
        });
      }
    }
  },
};

function millisecondsOf(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text ?? '');
  return match ? Number(match[1]) * MILLISECONDS[match[2]] : undefined;
}
