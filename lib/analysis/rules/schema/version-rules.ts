import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { VersionFault, verdicts } from '../../schema/verdict';

const BATCH = (apiVersion: string) => `apiVersion: ${apiVersion}
kind: CronJob
metadata: { name: reports, namespace: shop }
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: reports
              image: registry.example.com/shop/reports:1.0.0
`;

export const removedApiVersion: Rule = {
  code: 'SM0606',
  title: 'an API version that is not served',
  explanation: 'The API server refuses objects of a version that it does not serve. Kubernetes removes beta versions some releases after a stable one exists '
    + '(https://kubernetes.io/docs/reference/using-api/deprecation-guide/); a project does the same with its CRDs.',
  example: { refused: BATCH('batch/v1beta1'), accepted: BATCH('batch/v1') },
  check: context => report(context, ({ fault }) => fault === 'removed' ? Severity.ERROR : undefined),
};

export const outdatedApiVersion: Rule = {
  code: 'SM0607',
  title: 'an API version with a successor',
  severity: Severity.WARNING,
  explanation: 'The version is served, but there is a newer one, which is where new fields go. A version that the API server itself warns of is going to be removed.',
  example: {
    refused: `apiVersion: networking.istio.io/v1beta1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress:
    - hosts: ["./*", "istio-system/*"]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: shop }
spec:
  egress:
    - hosts: ["./*", "istio-system/*"]
`,
  },
  check: context => report(context, ({ fault }) => fault === 'deprecated' ? Severity.WARNING : fault === 'outdated' ? Severity.INFO : undefined),
};

export const unknownKind: Rule = {
  code: 'SM0609',
  title: 'a kind that does not exist',
  explanation: 'The API server refuses a kind that the group of its apiVersion does not have. For groups of Kubernetes itself that is certain; in the group of a CRD a kind that is '
    + 'spelled almost like a known one is reported as a warning.',
  example: {
    refused: `apiVersion: apps/v1
kind: ConfigMap
metadata: { name: order-settings, namespace: shop }
data: { currency: EUR }
`,
    accepted: `apiVersion: v1
kind: ConfigMap
metadata: { name: order-settings, namespace: shop }
data: { currency: EUR }
`,
  },
  check: context => {
    for (const { object, version } of context.model.derived(verdicts)) {
      if (version?.fault !== 'kind') continue;
      const { reason, fix, isCertain } = version;
      context.report(object, { field: 'kind', value: object.manifest.kind, reason, fix, severity: isCertain ? Severity.ERROR : Severity.WARNING });
    }
  },
};

function report(context: RuleContext, severityOf: (fault: VersionFault) => Severity | undefined): void {
  for (const { object, version } of context.model.derived(verdicts)) {
    const severity = version && severityOf(version);
    if (!version || !severity) continue;
    const { reason, fix } = version;
    context.report(object, { field: 'apiVersion', value: object.manifest.apiVersion, reason, fix, severity, ...peersOf(object) });
  }
}

function peersOf({ group }: ModelObject): { readonly peers?: string[] } {
  return group === 'extensions' ? { peers: ['no-extensions-v1beta'] } : {};
}
