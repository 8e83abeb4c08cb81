import { Severity } from '../../core/problem';

/** A code under which something else than a rule on manifests reports. */
export interface OtherCode {
  readonly code: string;
  readonly title: string;
  readonly explanation: string;
  readonly severity?: Severity;
  readonly peers?: readonly string[];
}

const { WARNING, INFO } = Severity;

/** What the analysis itself finds: in the app as a whole, in files, in suppressions. */
export const GENERAL_CODES: readonly OtherCode[] = [
  {
    code: 'SM0001',
    title: 'an object that cannot be rendered',
    explanation: 'What is written must be plain data. A class instance, a function or a value that is only known at deployment has no YAML.',
  },
  {
    code: 'SM0003',
    title: 'dependencies in a circle',
    explanation: 'Each object is written and deployed after those that it depends on. Where dependencies lead back to their beginning, no order is left.',
  },
  {
    code: 'SM0004',
    title: 'a chart without a namespace',
    severity: WARNING,
    explanation: 'Hosts, identities and policies are written for a namespace. Where none is named the objects land wherever they are applied.',
  },
  {
    code: 'SM0005',
    title: 'a value of the wrong type',
    explanation: 'TypeScript refuses it at compile time; callers from JavaScript or Python learn it here, before it becomes YAML that means something else.',
  },
  {
    code: 'SM0006',
    title: 'a release that was not tested together with the others',
    severity: INFO,
    explanation: 'Knative routes through net-istio, whose own tests name the Istio release they run with.',
  },
  {
    code: 'SM0007',
    title: 'a rule that failed',
    severity: WARNING,
    explanation: 'A rule did not get through what it looked at. That is a mistake of this library; the other rules are not affected.',
  },
  {
    code: 'SM0008',
    title: 'a dependency on what is outside of every chart',
    explanation: 'Only what is in charts is written, and so has a place in the order of an app.',
  },
  {
    code: 'SM0010',
    title: 'a document that is no YAML',
    explanation: 'The text has a syntax error. Nothing in this document is checked; the other documents of the file are.',
  },
  {
    code: 'SM0011',
    title: 'a key that stands twice in one map',
    explanation: 'YAML 1.2 asks for unique keys. kubectl takes the last one without a word (sigs.k8s.io/yaml), Kustomize and other readers refuse the file, '
      + 'and the API server refuses it where it sees it (fieldValidation=Strict).',
  },
  {
    code: 'SM0012',
    title: 'a document that is no object',
    explanation: 'Among the objects of a file stands a list, a single value or a map without apiVersion and kind; kubectl stops at it.',
  },
  {
    code: 'SM0013',
    title: 'an object without apiVersion or kind',
    explanation: 'Both are needed to know what an object is; the API server refuses a body without them.',
  },
  {
    code: 'SM0014',
    title: 'metadata that is no map',
    explanation: 'Name, namespace, labels and annotations stand in metadata; the API server cannot read an object whose metadata is something else.',
  },
  {
    code: 'SM0015',
    title: 'a file that was skipped',
    severity: INFO,
    explanation: 'Not everything in a folder is meant for the API server: templates before they are rendered, kustomization.yaml, the files of a Helm chart, '
      + 'YAML of other programs. A file is skipped when its name says so, or when nothing in it has an apiVersion and a kind.',
  },
  {
    code: 'SM0016',
    title: 'a suppression without a reason',
    severity: WARNING,
    explanation: 'A suppression is a decision, and whoever finds it later needs to know why it was taken. Without a reason it has no effect.',
  },
  {
    code: 'SM0017',
    title: 'a suppression of a code that does not exist',
    severity: WARNING,
    explanation: 'Nothing is ever reported under this code, so the suppression does nothing. Codes of other tools are not taken.',
  },
  {
    code: 'SM0018',
    title: 'a suppression that is not needed',
    severity: WARNING,
    explanation: 'What it was written for is gone. Left in place it would hide the next finding of its code, which nobody has looked at.',
  },
  {
    code: 'SM0019',
    title: 'a suppression that cannot be read',
    severity: WARNING,
    explanation: 'The annotation or the entry of the config file does not have the form that is described in docs/findings.md, so it has no effect.',
  },
];

/** What constructs refuse that no manifest shows. */
export const CONSTRUCT_CODES: readonly OtherCode[] = [
  { code: 'SM0169', title: 'TLS that ztunnel does not originate', severity: WARNING, explanation: 'A DestinationRule is carried out by sidecars and waypoints. In ambient mode a request to a host outside passes ztunnel alone unless the ServiceEntry has a waypoint, and leaves as it was written.' },
  { code: 'SM0176', title: 'a model whose version is unknown', explanation: 'The revision that serves a model is named after its version, so that it can be pinned and gone back to. An image without a tag does not say one.' },
  { code: 'SM0180', title: 'an activator that cannot be kept out of the path', explanation: 'Requests pass the activator while a service has no pod, and while its spare capacity is below the target burst capacity; only a minimum of 1 pod and a target burst capacity of 0 keep it out (knative.dev/docs/serving/load-balancing/target-burst-capacity).' },
  { code: 'SM0181', title: 'a mesh membership that a pod cannot choose', severity: WARNING, explanation: 'Injection is decided by the namespace first; where the cluster has no mesh or the namespace keeps out of it, no label of a pod changes that.' },
  { code: 'SM0182', title: 'a service account of another namespace', explanation: 'Pods run under service accounts of their own namespace.' },
  { code: 'SM0183', title: 'a workload that selects every pod', explanation: 'A selector without labels selects all pods of the namespace, so a policy on this workload would hold for all of them.' },
  { code: 'SM0184', title: 'a Service that does not select its Deployment', explanation: 'Requests reach the pods that the selector of the Service matches; if those are not the pods of the Deployment, nobody answers or somebody else does.' },
  { code: 'SM0185', title: 'a Service port that leads nowhere', explanation: 'A target port given by name needs a container port of that name.' },
  { code: 'SM0186', title: 'a Service in another namespace than its Deployment', explanation: 'A Service selects pods of its own namespace only.' },
  { code: 'SM0201', title: 'mesh security without a mesh', explanation: 'Mutual TLS and authorization are enforced by the proxies of the mesh. Where there is none, nothing would be enforced.' },
  { code: 'SM0202', title: 'a grant from or to pods outside of the mesh', explanation: 'A policy names callers by the identity that mutual TLS gives them; pods without a proxy have none and can neither be named nor protected.' },
  { code: 'SM0203', title: 'a grant that does not say how it treats the activator', explanation: 'Knative\'s activator forwards requests under its own identity, so a policy on a Knative service has to choose between callers and scaling to zero.' },
  { code: 'SM0204', title: 'Knative Serving outside of a mesh that asks for mutual TLS', explanation: 'The activator and the autoscaler reach pods in plain text when they are outside of the mesh; strict pods refuse them.' },
  { code: 'SM0205', title: 'Knative Eventing outside of a mesh that asks for mutual TLS', explanation: 'Dispatchers outside of the mesh deliver in plain text; strict subscribers refuse it.' },
  { code: 'SM0206', title: 'a path pattern that never matches', explanation: 'Istio matches paths exactly, by prefix, by suffix or by a template of whole segments (istio.io/latest/docs/reference/config/security/authorization-policy).' },
  { code: 'SM0207', title: 'methods or paths where only connections are seen', explanation: 'In ambient mode ztunnel knows who calls which port, but not what is asked; it leaves out allow rules on HTTP.' },
  { code: 'SM0208', title: 'a caller that arrives as the gateway', explanation: 'The host of a Knative service is an alias of the local gateway. Requests that pass it carry the gateway\'s identity, and a policy that does not name it denies them.' },
  { code: 'SM0209', title: 'a policy over a namespace outside of the mesh', explanation: 'No proxy stands before the pods of such a namespace that could ask for mutual TLS or deny a request.' },
  { code: 'SM0210', title: 'deny by default in a namespace of the platform', explanation: 'Gateways, the activator and the brokers live there; to deny by default cuts off what everything else needs.' },
  { code: 'SM0211', title: 'mutual TLS switched off where identities are needed', explanation: 'Identities come from mutual TLS, and in ambient mode it cannot be switched off at all.' },
  { code: 'SM0212', title: 'an exemption for a workload that the policy does not govern', explanation: 'A policy governs its namespace, or the workloads that it names.' },
  { code: 'SM0236', title: 'mutual TLS for pods outside of the mesh', explanation: 'No proxy stands before such pods that could ask for mutual TLS or take it.' },
  { code: 'SM0237', title: 'two modes of mutual TLS for the same pods', explanation: 'Of several PeerAuthentications for the same pods only the oldest counts, so there is one, and what several constructs say of it has to agree.' },
  { code: 'SM0260', title: 'preflights that no policy can tell from other requests', explanation: 'Envoy answers preflights after it asked the policies, which know exact texts and beginnings and no regular expressions; so those of such a CORS policy stay denied (istio pilot/pkg/networking/core/listener_builder.go).', severity: Severity.WARNING },
  { code: 'SM0261', title: 'a policy at a waypoint that one gets around', explanation: 'Requests to the address of a pod, and those of sidecars, do not pass the waypoint. A policy at the pods that lets in the waypoint alone keeps them out (istio.io/latest/docs/ambient/usage/l7-features).', severity: Severity.WARNING },
  { code: 'SM0262', title: 'telemetry of a role that the proxy never has', explanation: 'Gateways count as senders and waypoints as receivers, so settings for the other role do nothing there (istio pilot/pkg/model/telemetry.go, workloadMode).', severity: Severity.WARNING },
  { code: 'SM0263', title: 'telemetry of a waypoint that serves other namespaces', explanation: 'For a Service of another namespace a waypoint asks the Telemetry of that namespace (istio pilot/pkg/model/telemetry.go, applicableTelemetries).', severity: Severity.WARNING },
  { code: 'SM0264', title: 'a condition on the address of a caller who is hidden', explanation: 'Requests to a Knative service come from its gateway or from the activator, whose address the pods see in place of the caller\'s.' },
  { code: 'SM0265', title: 'a condition on a server name that the mesh writes', explanation: 'The SNI of the mesh\'s mutual TLS is a name of Istio\'s, outbound_.<port>_._.<host>, whatever host the caller asks for.', severity: Severity.WARNING },
  { code: 'SM0267', title: 'an audit where nobody marks requests', explanation: 'ztunnel knows ALLOW and DENY, and leaves policies of other actions out (istio pilot/pkg/serviceregistry/ambient/authorization.go).' },
  { code: 'SM0340', title: 'events that would be lost without a word', explanation: 'Once the retries of a delivery are spent, the event is dropped unless a dead letter sink is named (knative.dev/docs/eventing/event-delivery).' },
  { code: 'SM0342', title: 'a delivery order that the broker does not take', explanation: 'Not every class of broker lets a subscription choose the order in which it gets events.' },
  { code: 'SM0343', title: 'one subscriber, the same events twice', explanation: 'Two subscriptions with the same filter and subscriber deliver every event twice.' },
  { code: 'SM0344', title: 'an answer that comes back to its sender', explanation: 'The broker takes the answer of a subscriber in as a new event. If it passes the same filter, it goes round for ever.' },
  { code: 'SM0345', title: 'a publisher that cannot be bound', explanation: 'A SinkBinding changes pod templates of Knative Services and Deployments; other workloads have none.' },
  { code: 'SM0346', title: 'a SinkBinding without a usable name', explanation: 'Its name is made of those of publisher and broker and must be a DNS label.' },
  { code: 'SM0347', title: 'dead letters that the broker sends elsewhere', explanation: 'A subscription that names no dead letter sink gets that of its broker, whether wanted or not.' },
  { code: 'SM0348', title: 'a path that does not fit the subscriber\'s address', explanation: 'A path is appended to the address of the subscriber: it begins with a slash, and the address does not have one of its own.' },
  { code: 'SM0349', title: 'a Secret that does not authenticate the broker', explanation: 'Knative reads the Secret from the namespace of the broker\'s ConfigMap, and its protocol has to be the one that the broker is set up with.' },
  { code: 'SM0401', title: 'metrics of Knative that are switched off', explanation: 'Knative ships with request metrics switched off; scrape, alert and dashboard would all be empty.' },
  { code: 'SM0402', title: 'a rate over too few samples', peers: ['promql/rate'], explanation: 'A rate needs two samples, and four intervals leave room for one that fails and for the edges of the window.' },
  { code: 'SM0403', title: 'an alert that cannot be acted on', peers: ['alerts/annotation'], explanation: 'A threshold outside of what can occur fires always or never, and an alert without a runbook wakes people for nothing.' },
  { code: 'SM0404', title: 'a workload whose requests nothing counts', explanation: 'Requests are counted by Knative\'s queue-proxy or by a sidecar; ztunnel carries connections and does not see them.' },
  { code: 'SM0405', title: 'a workload that one Prometheus scrapes twice', explanation: 'Every request would count twice.' },
  { code: 'SM0406', title: 'a dashboard about nothing', severity: WARNING, explanation: 'A dashboard shows the workloads that it is given; with none it is empty.' },
  { code: 'SM0407', title: 'a scrape interval of nothing', explanation: 'Nothing can be scraped without a pause.' },
  { code: 'SM0504', title: 'a membership that the cluster does not offer', explanation: 'The label of a namespace only takes effect where the mesh runs in that mode.' },
  { code: 'SM0505', title: 'a revision tag where nothing is injected', explanation: 'A revision tag chooses who injects sidecars; without sidecars it does nothing.' },
  { code: 'SM0506', title: 'a label that follows from other properties', explanation: 'Labels that say mesh, revision or pod security level are made from those properties; a second value would contradict them.' },
  { code: 'SM1145', title: 'a metric of the pods by the name of a built-in one', explanation: 'Knative takes cpu, memory, concurrency and rps for its own metrics, whoever asks for a metric of that name.' },
  { code: 'SM1150', title: 'traffic to a named revision that the service does not describe', explanation: 'Only the revision that the template describes gets a name from the app; traffic to another one waits for a revision that never comes.' },
  { code: 'SM1151', title: 'a revision of the cluster as the one described', explanation: 'Revisions do not change: the template makes a new one, which needs a name of its own.' },
  { code: 'SM1152', title: 'a tag that no share of the traffic has', explanation: 'Knative makes the host of a tag from the traffic of the service; where no target has the tag nothing answers.' },
  { code: 'SM1153', title: 'requests by header where nobody looks at it', explanation: 'The header Knative-Serving-Tag is only looked at with the feature flag tag-header-based-routing.' },
];
