import { Gauge } from './metric';

type Labels = 'k8s_namespace_name' | 'kn_service_name' | 'kn_configuration_name' | 'kn_revision_name';

/** Requests that the activator holds or passes on; while a service has no pod, this is all there is of its load. */
export const ACTIVATOR_CONCURRENCY = new Gauge<Labels>({
  name: 'kn_revision_request_concurrency',
  instrument: { name: 'kn.revision.request.concurrency', unit: '{request}' },
  unit: 'requests',
  meaning: 'Requests to a revision that are in the activator at the same time.',
  labels: ['k8s_namespace_name', 'kn_service_name', 'kn_configuration_name', 'kn_revision_name'],
  source: 'knative/serving@v1.23.0 pkg/activator/handler/metrics.go, concurrency_reporter.go',
});
