/**
 * The analysis for tools: what `cdk8s-serverless-mesh/analysis` gives to the command line and to the Pulumi back-end. It is no part of
 * the public API, which is the same in every language.
 */
export { checkFiles } from './check-files';
export { codesOfPeer, Explanation, explanationOf, explanations } from './findings/catalogue';
export { FindingJson, findingsJson, inOrder } from './findings';
export { SourceFile, UNREADABLE } from './reading';
export { distance } from './schema/spelling';
export { CONFIG_FILE, ConfigFile, readConfig } from './suppression';
export { AutoscalerSettings, RevisionSettings } from '../core/autoscaler-settings';
export { ClusterProfile, ClusterProfileProps, ExistingNamespace } from '../core/cluster-profile';
export { EventingFeature } from '../core/eventing-feature';
export { FeatureSetting, FeatureState } from '../core/feature-state';
export { GatewayApi } from '../core/gateway-api';
export { GatewayReference, IngressClass } from '../core/gateway-reference';
export { KnativeMetrics } from '../core/knative-metrics';
export { MeshMembership, MeshMode } from '../core/mesh-mode';
export { OutboundTraffic } from '../core/outbound-traffic';
export { MonitoringSettings } from '../core/monitoring-settings';
export { Problem, Severity } from '../core/problem';
export { ServingFeature } from '../core/serving-feature';
export { IstioVersion, KnativeVersion, KubernetesVersion, PrometheusOperatorVersion } from '../core/versions';
export { orderedObjects } from '../core/app/ordering';
export { refusalOf } from '../core/app/refusal';
export { formatProblem } from '../core/problem';
export { Manifest, render, whileRendered } from '../core/rendering';
export { hasTraces, isRawOutput, isUnresolved, numberToken, textToken, tokenOfNumber, tokensIn } from '../core/unresolved';
export { problemsOf, registerAnalyzer, registerReview } from '../core/validation';
export { isClusterScoped } from './scopes';
export { groupOf } from './model';
