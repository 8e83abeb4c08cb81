import type { OtherCode } from './other-codes';

/** What container services and jobs report of what was said to them. */
export const CONTAINER_CODES: readonly OtherCode[] = [
  { code: 'SM1170', title: 'a name that no version can have', explanation: 'The name of a version is the value of the label version, the name of a subset of a DestinationRule and part of the name of a Deployment.' },
  { code: 'SM1171', title: 'a container without an image', explanation: 'The API server refuses pods whose containers name no image.' },
  { code: 'SM1172', title: 'a fixed number of pods beside an autoscaler', explanation: 'An autoscaler sets the replicas of its target; a number in the manifest would be set back and forth (kubernetes.io, tasks/run-application/horizontal-pod-autoscale).' },
  { code: 'SM1173', title: 'a disruption budget that lets no pod go', explanation: 'A drain of a node asks the budget for every pod and waits until it may go (kubernetes.io, tasks/administer-cluster/safely-drain-node).' },
  { code: 'SM1174', title: 'a version that exists already', explanation: 'Versions are told apart by a label, so two of one name would be one.' },
  { code: 'SM1175', title: 'ports that a Service cannot have', explanation: 'A Service has at least one port, and each has a name of its own (kubernetes.io, concepts/services-networking/service, "multi-port Services").' },
  { code: 'SM1176', title: 'metrics that nobody can find', explanation: 'A PodMonitor names a port of the pods; a container service has one for metrics only where it says so.' },
  { code: 'SM1177', title: 'metrics on a port that the mesh guards', explanation: 'A Prometheus outside of the mesh has no identity, so it reaches only ports that the sidecar leaves alone, and a port that takes requests must not be one.' },
  { code: 'SM1178', title: 'indexes without a number', explanation: 'An indexed job is done when each index has succeeded once, and completions says how many there are (kubernetes.io, concepts/workloads/controllers/job, "completion mode").' },
  { code: 'SM1190', title: 'metrics on a port without a name', explanation: 'A PodMonitor names the container port that it scrapes (prometheus-operator, PodMonitor, podMetricsEndpoints[].port).' },
];
