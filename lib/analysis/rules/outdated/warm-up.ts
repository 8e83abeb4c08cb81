import { Severity } from '../../../core/problem';
import { hostsOf } from '../../hosts';
import { Rule, RuleContext } from '../../rule';
import { containersOf, textsOf, Workload, workloadsOf } from '../../workloads';

const FETCHES = /\b(?:curl|wget)\b/;
const AGAIN_AND_AGAIN = /\b(?:while|watch|until|for)\b|\bsleep\b/;
const HOSTS = /\bhttps?:\/\/([a-z0-9.-]+)/gi;

const SERVICE = `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: orders, namespace: shop }
spec:
  template:
    metadata: { annotations: { autoscaling.knative.dev/min-scale: "0" } }
    spec:
      containers: [{ image: example.com/orders:1.2.0 }]
`;

export const warmUp: Rule = {
  code: 'SM0917',
  title: 'a workload that calls a service to keep it warm',
  explanation: 'A pod that calls a Knative service all the time keeps one pod of it running and pays for a second one: that is what min-scale: "1" does without it. It warms nothing for the '
    + 'second request at once; activation-scale and target do (knative.dev, serving/autoscaling/scale-bounds).',
  severity: Severity.WARNING,
  example: {
    refused: `${SERVICE}---
apiVersion: apps/v1
kind: Deployment
metadata: { name: warm-up, namespace: shop }
spec:
  selector: { matchLabels: { app: warm-up } }
  template:
    metadata: { labels: { app: warm-up } }
    spec:
      containers:
        - name: curl
          image: curlimages/curl:8.11.1
          command: [sh, -c, "while true; do curl -s http://orders.shop.svc.cluster.local/; sleep 60; done"]
`,
    accepted: SERVICE.replace('min-scale: "0"', 'min-scale: "1"'),
  },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      if (workload.object.group === 'serving.knative.dev') continue;
      const field = callsKnative(context, workload);
      if (field === undefined) continue;
      context.report(workload.object, {
        field,
        reason: 'it calls a Knative service again and again, which keeps one pod of it running at the price of two',
        fix: 'remove it and say autoscaling.knative.dev/min-scale: "1" at the service (activation-scale for more than one pod at once, scale-down-delay to keep them longer); a real call on schedule is a PingSource',
      });
    }
  },
};

function callsKnative(context: RuleContext, workload: Workload): string | undefined {
  const repeated = workload.object.manifest.kind === 'CronJob';
  for (const { field, value } of containersOf(workload)) {
    const text = [...textsOf(value.command), ...textsOf(value.args)].join(' ');
    if (!FETCHES.test(text) || !(repeated || AGAIN_AND_AGAIN.test(text))) continue;
    const hosts = [...text.matchAll(HOSTS)].map(match => match[1]);
    if (hosts.some(host => isKnative(context, workload, host))) return `${field}.${textsOf(value.command).length > 0 ? 'command' : 'args'}`;
  }
  return undefined;
}

// inside of the cluster, DNS completes hosts of one, two and three parts
function isKnative(context: RuleContext, workload: Workload, host: string): boolean {
  const profile = context.profile(workload.object);
  const [name, namespace, svc, ...rest] = host.toLowerCase().split('.');
  const full = rest.length > 0 || (svc !== undefined && svc !== 'svc') ? host.toLowerCase() : profile.serviceHost(name, namespace ?? workload.namespace);
  return hostsOf(context.model).find(full, workload.object, profile).known.some(({ object }) => object.group === 'serving.knative.dev');
}
