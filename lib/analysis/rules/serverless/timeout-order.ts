import { onTemplates } from './knative-rule';
import { Severity } from '../../../core/problem';
import { isGiven } from '../../values';

export const timeoutOrder = onTemplates({
  code: 'SM0127',
  title: 'a timeout that never strikes',
  explanation: 'The queue-proxy runs all timers from the start of the request and ends it at the first that strikes, and a timer of less than a second '
    + 'is not set. The webhook checks neither field (knative/serving pkg/http/handler/timeout.go, pkg/apis/serving/v1/revision_validation.go).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      timeoutSeconds: 60
      idleTimeoutSeconds: 90
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      timeoutSeconds: 60
      idleTimeoutSeconds: 30
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: ({ object, spec, specField }, context) => {
    const usual = context.profile(object).revision.timeout?.toSeconds() ?? 300;
    const timeout = typeof spec.timeoutSeconds === 'number' && spec.timeoutSeconds > 0 ? spec.timeoutSeconds : usual;
    return ['responseStartTimeoutSeconds', 'idleTimeoutSeconds'].flatMap(name => {
      const value = spec[name];
      if (!isGiven(value) || value === 0) return [];
      const at = { field: `${specField}.${name}`, value };
      if (!Number.isInteger(value) || (value as number) < 0) {
        return [{ ...at, reason: 'Knative waits a whole number of seconds, and not at all for less than one', fix: 'write a whole number of seconds' }];
      }
      return (value as number) <= timeout ? [] : [{
        ...at,
        reason: `the request ends after ${timeout} seconds before this can strike (timeoutSeconds${timeout === spec.timeoutSeconds ? '' : ' of the cluster'})`,
        fix: `choose ${timeout} seconds or less, or raise timeoutSeconds`,
      }];
    });
  },
});
