import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { isGiven } from '../../values';

export const revisionTimeout = onTemplates({
  code: 'SM0126',
  title: 'a timeout that the cluster does not allow',
  explanation: 'timeoutSeconds is at most max-revision-timeout-seconds of config-defaults, because activator and gateways do not wait longer '
    + '(knative/serving pkg/apis/serving/v1/revision_validation.go, validateTimeoutSeconds). The schema takes whole numbers.',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      timeoutSeconds: 900
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      timeoutSeconds: 600
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: ({ object, spec, specField }, context) => {
    const value = spec.timeoutSeconds;
    const longest = context.profile(object).revision.maxTimeout?.toSeconds() ?? 600;
    const fits = !isGiven(value) || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= longest);
    return fits ? [] : [{
      field: `${specField}.timeoutSeconds`,
      value,
      reason: `a request may take a whole number of seconds up to ${longest} in this cluster (max-revision-timeout-seconds)`,
      fix: `choose ${longest} seconds or less; work that takes longer fits a Job better, such as a JobSink starts one per event`,
    }];
  },
});
