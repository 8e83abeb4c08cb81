/** What became of an API version of a core kind (k8s.io/api, zz_generated.prerelease-lifecycle.go; for what left that module, the deprecation guide). */
export interface RemovedVersion {
  /** The first minor release of Kubernetes 1 that does not serve it. */
  readonly since: number;
  /** The first minor release that warns of it. */
  readonly deprecated: number;
  /** What to write instead. */
  readonly instead: string;
}

const workload = (since: number, deprecated: number): RemovedVersion => ({ since, deprecated, instead: 'write apiVersion: apps/v1, where spec.selector is required' });
const as = (since: number, deprecated: number, apiVersion: string, more = ''): RemovedVersion => ({ since, deprecated, instead: `write apiVersion: ${apiVersion}${more}` });

const INGRESS = ', where each path has a pathType, and its backend is written service: { name: NAME, port: { number: PORT } }';
const WEBHOOK = ', where sideEffects and admissionReviewVersions are required';
const METRICS = ', where a metric has a target: { type: Utilization, averageUtilization: 80 }';
const POD_SECURITY = 'label the namespace with pod-security.kubernetes.io/enforce: restricted, or baseline; pod security policies are gone without a successor of their form';

/** By apiVersion and kind. */
const VERSIONS: Record<string, RemovedVersion> = {
  'apps/v1beta1 ControllerRevision': as(16, 8, 'apps/v1'),
  'apps/v1beta1 Deployment': workload(16, 8),
  'apps/v1beta1 StatefulSet': workload(16, 8),
  'apps/v1beta2 ControllerRevision': as(16, 9, 'apps/v1'),
  'apps/v1beta2 DaemonSet': workload(16, 9),
  'apps/v1beta2 Deployment': workload(16, 9),
  'apps/v1beta2 ReplicaSet': workload(16, 9),
  'apps/v1beta2 StatefulSet': workload(16, 9),
  'extensions/v1beta1 DaemonSet': workload(16, 8),
  'extensions/v1beta1 Deployment': workload(16, 8),
  'extensions/v1beta1 ReplicaSet': workload(16, 8),
  'extensions/v1beta1 NetworkPolicy': as(16, 9, 'networking.k8s.io/v1'),
  'extensions/v1beta1 PodSecurityPolicy': { since: 16, deprecated: 10, instead: POD_SECURITY },
  'settings.k8s.io/v1alpha1 PodPreset': { since: 20, deprecated: 19, instead: 'write what the preset adds into the pods themselves' },
  'batch/v2alpha1 CronJob': as(21, 8, 'batch/v1'),
  'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration': as(22, 16, 'admissionregistration.k8s.io/v1', WEBHOOK),
  'admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration': as(22, 16, 'admissionregistration.k8s.io/v1', WEBHOOK),
  'apiextensions.k8s.io/v1beta1 CustomResourceDefinition': as(22, 16, 'apiextensions.k8s.io/v1', ', where each version has a structural schema'),
  'apiregistration.k8s.io/v1beta1 APIService': as(22, 19, 'apiregistration.k8s.io/v1'),
  'authentication.k8s.io/v1beta1 TokenReview': as(22, 19, 'authentication.k8s.io/v1'),
  'authorization.k8s.io/v1beta1 LocalSubjectAccessReview': as(22, 19, 'authorization.k8s.io/v1'),
  'authorization.k8s.io/v1beta1 SelfSubjectAccessReview': as(22, 19, 'authorization.k8s.io/v1'),
  'authorization.k8s.io/v1beta1 SelfSubjectRulesReview': as(22, 19, 'authorization.k8s.io/v1'),
  'authorization.k8s.io/v1beta1 SubjectAccessReview': as(22, 19, 'authorization.k8s.io/v1'),
  'certificates.k8s.io/v1beta1 CertificateSigningRequest': as(22, 19, 'certificates.k8s.io/v1', ', where signerName and usages are required'),
  'coordination.k8s.io/v1beta1 Lease': as(22, 19, 'coordination.k8s.io/v1'),
  'extensions/v1beta1 Ingress': as(22, 14, 'networking.k8s.io/v1', INGRESS),
  'networking.k8s.io/v1beta1 Ingress': as(22, 19, 'networking.k8s.io/v1', INGRESS),
  'networking.k8s.io/v1beta1 IngressClass': as(22, 19, 'networking.k8s.io/v1'),
  'rbac.authorization.k8s.io/v1beta1 ClusterRole': as(22, 17, 'rbac.authorization.k8s.io/v1'),
  'rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding': as(22, 17, 'rbac.authorization.k8s.io/v1'),
  'rbac.authorization.k8s.io/v1beta1 Role': as(22, 17, 'rbac.authorization.k8s.io/v1'),
  'rbac.authorization.k8s.io/v1beta1 RoleBinding': as(22, 17, 'rbac.authorization.k8s.io/v1'),
  'scheduling.k8s.io/v1beta1 PriorityClass': as(22, 14, 'scheduling.k8s.io/v1'),
  'storage.k8s.io/v1beta1 CSIDriver': as(22, 19, 'storage.k8s.io/v1'),
  'storage.k8s.io/v1beta1 CSINode': as(22, 17, 'storage.k8s.io/v1'),
  'storage.k8s.io/v1beta1 StorageClass': as(22, 19, 'storage.k8s.io/v1'),
  'storage.k8s.io/v1beta1 VolumeAttachment': as(22, 19, 'storage.k8s.io/v1'),
  'storage.k8s.io/v1alpha1 CSIStorageCapacity': as(24, 21, 'storage.k8s.io/v1'),
  'storage.k8s.io/v1alpha1 VolumeAttachment': as(24, 21, 'storage.k8s.io/v1'),
  'autoscaling/v2beta1 HorizontalPodAutoscaler': as(25, 22, 'autoscaling/v2', METRICS),
  'batch/v1beta1 CronJob': as(25, 21, 'batch/v1'),
  'discovery.k8s.io/v1beta1 EndpointSlice': as(25, 21, 'discovery.k8s.io/v1', ', where zone and nodeName stand in for topology'),
  'events.k8s.io/v1beta1 Event': as(25, 22, 'events.k8s.io/v1'),
  'node.k8s.io/v1beta1 RuntimeClass': as(25, 22, 'node.k8s.io/v1'),
  'policy/v1beta1 Eviction': as(25, 22, 'policy/v1'),
  'policy/v1beta1 PodDisruptionBudget': as(25, 21, 'policy/v1', ', where an empty selector selects every pod'),
  'policy/v1beta1 PodSecurityPolicy': { since: 25, deprecated: 21, instead: POD_SECURITY },
  'autoscaling/v2beta2 HorizontalPodAutoscaler': as(26, 23, 'autoscaling/v2'),
  'flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema': as(26, 23, 'flowcontrol.apiserver.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta1 PriorityLevelConfiguration': as(26, 23, 'flowcontrol.apiserver.k8s.io/v1'),
  'storage.k8s.io/v1beta1 CSIStorageCapacity': as(27, 24, 'storage.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema': as(29, 26, 'flowcontrol.apiserver.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta2 PriorityLevelConfiguration': as(29, 26, 'flowcontrol.apiserver.k8s.io/v1'),
  'admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicy': as(32, 29, 'admissionregistration.k8s.io/v1'),
  'admissionregistration.k8s.io/v1alpha1 ValidatingAdmissionPolicyBinding': as(32, 29, 'admissionregistration.k8s.io/v1'),
  'authentication.k8s.io/v1alpha1 SelfSubjectReview': as(32, 29, 'authentication.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema': as(32, 29, 'flowcontrol.apiserver.k8s.io/v1'),
  'flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration': as(32, 29, 'flowcontrol.apiserver.k8s.io/v1'),
  'authentication.k8s.io/v1beta1 SelfSubjectReview': as(33, 30, 'authentication.k8s.io/v1'),
  'admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicy': as(34, 31, 'admissionregistration.k8s.io/v1'),
  'admissionregistration.k8s.io/v1beta1 ValidatingAdmissionPolicyBinding': as(34, 31, 'admissionregistration.k8s.io/v1'),
  'storage.k8s.io/v1alpha1 VolumeAttributesClass': as(35, 32, 'storage.k8s.io/v1'),
  'networking.k8s.io/v1beta1 IPAddress': as(37, 34, 'networking.k8s.io/v1'),
  'networking.k8s.io/v1beta1 ServiceCIDR': as(37, 34, 'networking.k8s.io/v1'),
  'storage.k8s.io/v1beta1 VolumeAttributesClass': as(37, 34, 'storage.k8s.io/v1'),
};

/** Kinds that the API server still serves and warns of. */
const DEPRECATED: Record<string, { readonly since: number; readonly instead: string }> = {
  'v1 Endpoints': { since: 33, instead: 'write an EndpointSlice of discovery.k8s.io/v1' },
};

export function removedVersion(apiVersion: string, kind: string): RemovedVersion | undefined {
  return Object.hasOwn(VERSIONS, `${apiVersion} ${kind}`) ? VERSIONS[`${apiVersion} ${kind}`] : undefined;
}

export function deprecatedKind(apiVersion: string, kind: string): { readonly since: number; readonly instead: string } | undefined {
  return Object.hasOwn(DEPRECATED, `${apiVersion} ${kind}`) ? DEPRECATED[`${apiVersion} ${kind}`] : undefined;
}
