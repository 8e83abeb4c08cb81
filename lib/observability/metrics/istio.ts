import { Counter, Histogram } from './metric';

type Labels = 'reporter' | 'destination_workload' | 'destination_workload_namespace' | 'response_code' | 'grpc_response_status';

const LABELS: readonly Labels[] = ['reporter', 'destination_workload', 'destination_workload_namespace', 'response_code', 'grpc_response_status'];

/** Both ends of a request report it; the reporter says which. */
export const ISTIO_REQUESTS = new Counter<Labels>({
  name: 'istio_requests_total',
  unit: 'requests',
  meaning: 'Requests that went through a proxy of the mesh.',
  labels: LABELS,
  source: 'istio.io 1.29 reference/config/metrics; istio/istio@1.29 manifests/addons/dashboards',
});

/** Unlike Knative's, in milliseconds. */
export const ISTIO_REQUEST_DURATION = new Histogram<Labels>({
  name: 'istio_request_duration_milliseconds',
  unit: 'milliseconds',
  meaning: 'How long requests took, as a proxy of the mesh saw them.',
  labels: LABELS,
  source: 'istio.io 1.29 reference/config/metrics; istio/istio@1.29 manifests/addons/dashboards',
}, [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000]);
