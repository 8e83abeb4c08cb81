import { Gauge } from './metric';

type Labels = 'k8s_namespace_name' | 'kn_service_name' | 'kn_configuration_name' | 'kn_revision_name';

const LABELS: readonly Labels[] = ['k8s_namespace_name', 'kn_service_name', 'kn_configuration_name', 'kn_revision_name'];

/** What the autoscaler wants; more than one of its pods may report a revision after a change of leader. */
export const PODS_DESIRED = new Gauge<Labels>({
  name: 'kn_revision_pods_desired',
  instrument: { name: 'kn.revision.pods.desired', unit: '{item}' },
  unit: 'pods',
  meaning: 'Pods that the autoscaler wants for a revision.',
  labels: LABELS,
  source: 'knative/serving@v1.23.0 pkg/autoscaler/scaling/metrics.go, cmd/autoscaler/main.go',
});

/** What there is. */
export const PODS_READY = new Gauge<Labels>({
  name: 'kn_revision_pods_count',
  instrument: { name: 'kn.revision.pods.count', unit: '{pod}' },
  unit: 'pods',
  meaning: 'Pods of a revision that are ready.',
  labels: LABELS,
  source: 'knative/serving@v1.23.0 pkg/reconciler/autoscaling/kpa/metrics.go, kpa.go',
});
