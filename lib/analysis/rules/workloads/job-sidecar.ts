import { MeshMembership } from '../../../core/mesh-mode';
import { Rule, RuleContext } from '../../rule';
import { membershipOf, Workload, workloadsOf } from '../../workloads';

const NATIVE_SIDECAR = 'sidecar.istio.io/nativeSidecar';
const ENDING = ['Job', 'CronJob', 'JobSink', 'ScaledJob'];
/** What programs say that end the sidecar themselves: the agent's own address, and a wrapper that calls it. */
const ENDS_SIDECAR = /quitquitquit|scuttle/;

const job = (annotations: string) => `apiVersion: batch/v1
kind: Job
metadata: { name: report, namespace: shop }
spec:
  ttlSecondsAfterFinished: 86400
  template:
    metadata:
      labels: { sidecar.istio.io/inject: "true" }
      annotations: { ${annotations} }
    spec:
      restartPolicy: Never
      containers: [{ name: report, image: registry.example.com/shop/report:1.2.0 }]
`;

export const jobSidecar: Rule = {
  code: 'SM1180',
  title: 'a job that its sidecar never lets end',
  explanation: 'A job ends when the containers of its pods do. A native sidecar is an init container, which the kubelet ends after them; any other sidecar goes on for ever, unless the program ends it by a '
    + 'POST to http://localhost:15020/quitquitquit (istio manifests/charts/istio-control/istio-discovery/files/injection-template.yaml, pilot/cmd/pilot-agent/status/server.go; '
    + 'kubernetes.io, concepts/workloads/pods/sidecar-containers).',
  example: { refused: job(`${NATIVE_SIDECAR}: "false"`), accepted: job(`${NATIVE_SIDECAR}: "true"`) },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      if (!ENDING.includes(workload.object.manifest.kind) || !hasOrdinarySidecar(context, workload)) continue;
      if (ENDS_SIDECAR.test(JSON.stringify(workload.spec.containers ?? ''))) continue;
      const annotation = workload.annotations[NATIVE_SIDECAR];
      context.report(workload.object, {
        field: `${workload.path}metadata.annotations[${NATIVE_SIDECAR}]`,
        value: annotation,
        reason: annotation === undefined
          ? 'the sidecars of this cluster are not native, so the one of these pods goes on when the program has ended, and the job never does'
          : 'the sidecar of these pods is not native, so it goes on when the program has ended, and the job never does',
        fix: 'set it to "true", label the pods sidecar.istio.io/inject: "false", or have the command POST to http://localhost:15020/quitquitquit when it is done '
          + '(where the program does so by itself, suppress this finding)',
      });
    }
  },
};

function hasOrdinarySidecar(context: RuleContext, workload: Workload): boolean {
  if (membershipOf(context.model, workload) !== MeshMembership.SIDECAR) return false;
  const annotation = workload.annotations[NATIVE_SIDECAR];
  // anything but "false" is taken for true
  return annotation === undefined || annotation === '' ? !context.profile(workload.object).nativeSidecars : annotation === 'false';
}
