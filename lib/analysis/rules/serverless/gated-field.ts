import { behindFlag, Gated } from './feature-gate';
import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf, Template, TemplateContainer } from './templates';
import { ClusterProfile } from '../../../core/cluster-profile';
import { FeatureState } from '../../../core/feature-state';
import { ServingFeature } from '../../../core/serving-feature';
import { Fields, fieldsOf, isGiven, isSet, listOf } from '../../values';

/** Fields of a pod with the flag that lets them pass. */
const POD: readonly { readonly name: string; readonly feature: ServingFeature; readonly pointer?: boolean; readonly enabled?: boolean }[] = [
  { name: 'affinity', feature: ServingFeature.AFFINITY },
  { name: 'dnsConfig', feature: ServingFeature.DNS_CONFIG },
  { name: 'dnsPolicy', feature: ServingFeature.DNS_POLICY },
  { name: 'hostAliases', feature: ServingFeature.HOST_ALIASES },
  { name: 'hostIPC', feature: ServingFeature.HOST_IPC },
  { name: 'hostNetwork', feature: ServingFeature.HOST_NETWORK },
  { name: 'hostPID', feature: ServingFeature.HOST_PID },
  { name: 'initContainers', feature: ServingFeature.INIT_CONTAINERS, enabled: true },
  { name: 'nodeSelector', feature: ServingFeature.NODE_SELECTOR },
  { name: 'priorityClassName', feature: ServingFeature.PRIORITY_CLASS_NAME },
  { name: 'runtimeClassName', feature: ServingFeature.RUNTIME_CLASS_NAME, pointer: true },
  { name: 'schedulerName', feature: ServingFeature.SCHEDULER_NAME },
  { name: 'shareProcessNamespace', feature: ServingFeature.SHARE_PROCESS_NAMESPACE, pointer: true },
  { name: 'tolerations', feature: ServingFeature.TOLERATIONS },
  { name: 'topologySpreadConstraints', feature: ServingFeature.TOPOLOGY_SPREAD_CONSTRAINTS },
];

const VOLUMES: readonly { readonly source: string; readonly feature: ServingFeature }[] = [
  { source: 'emptyDir', feature: ServingFeature.EMPTY_DIR_VOLUMES },
  { source: 'hostPath', feature: ServingFeature.HOST_PATH_VOLUMES },
  { source: 'csi', feature: ServingFeature.CSI_VOLUMES },
  { source: 'ephemeral', feature: ServingFeature.EPHEMERAL_VOLUMES },
  { source: 'image', feature: ServingFeature.IMAGE_VOLUMES },
];

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const SECURE_DEFAULTS: readonly FeatureState[] = [FeatureState.ENABLED, FeatureState.ALLOW_ROOT_BOUNDED];

export const gatedField = onTemplates({
  code: 'SM0129',
  title: 'a field behind a feature flag that is off',
  explanation: 'Part of what a pod has is opened by flags of ConfigMap config-features, and the webhook refuses it where the flag is off '
    + '(knative/serving pkg/apis/serving/fieldmask.go, k8s_validation.go, pkg/apis/config/features.go).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      nodeSelector: { disk: ssd }
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: (template, context) => {
    const profile = context.profile(template.object);
    return [
      ...podFields(template),
      ...podSecurity(template, profile),
      ...severalContainers(template),
      ...listOf(template.spec.volumes).flatMap((volume, i) => volumeSources(fieldsOf(volume), `${template.specField}.volumes[${i}]`)),
      ...containersOf(template).flatMap(entry => containerFields(entry, profile)),
    ].flatMap(gated => behindFlag(gated, profile));
  },
});

function podFields({ spec, specField }: Template): Gated[] {
  return POD.filter(({ name, pointer }) => pointer ? isGiven(spec[name]) : isSet(spec[name]))
    .map(({ name, feature, enabled }) => ({ field: `${specField}.${name}`, feature, enabled }));
}

function podSecurity({ spec, specField }: Template, profile: ClusterProfile): Gated[] {
  if (!isGiven(spec.securityContext)) return [];
  const { seccompProfile, ...rest } = fieldsOf(spec.securityContext);
  const plainProfile = ['RuntimeDefault', 'Unconfined'].includes(fieldsOf(seccompProfile).type as string);
  // with secure defaults a pod may choose its filter on system calls, to opt out of them
  if (SECURE_DEFAULTS.includes(profile.servingFeature(ServingFeature.SECURE_POD_DEFAULTS)) && Object.keys(rest).length === 0
    && (!isGiven(seccompProfile) || plainProfile)) return [];
  return [{ field: `${specField}.securityContext`, feature: ServingFeature.SECURITY_CONTEXT }];
}

function severalContainers({ spec, specField }: Template): Gated[] {
  const count = listOf(spec.containers).length;
  return count > 1 ? [{ field: `${specField}.containers`, value: count, what: 'a second container', feature: ServingFeature.MULTI_CONTAINER, enabled: true }] : [];
}

function volumeSources(volume: Fields, field: string): Gated[] {
  const claim = volume.persistentVolumeClaim;
  return [
    ...VOLUMES.filter(({ source }) => isGiven(volume[source]))
      .map(({ source, feature }) => ({ field: `${field}.${source}`, feature, enabled: true })),
    ...isGiven(claim) ? [{ field: `${field}.persistentVolumeClaim`, feature: ServingFeature.PERSISTENT_VOLUME_CLAIM, enabled: true }] : [],
    ...isGiven(claim) && fieldsOf(claim).readOnly !== true
      ? [{
        field: `${field}.persistentVolumeClaim.readOnly`,
        value: fieldsOf(claim).readOnly,
        what: 'a claim that may be written to',
        feature: ServingFeature.PERSISTENT_VOLUME_WRITE,
        enabled: true,
      }]
      : [],
  ];
}

function containerFields({ container, field, role }: TemplateContainer, profile: ClusterProfile): Gated[] {
  const add = listOf(fieldsOf(fieldsOf(container.securityContext).capabilities).add);
  const lowPort = add.length === 1 && add[0] === 'NET_BIND_SERVICE' && SECURE_DEFAULTS.includes(profile.servingFeature(ServingFeature.SECURE_POD_DEFAULTS));
  return [
    ...listOf(container.env).flatMap((variable, i) => ['fieldRef', 'resourceFieldRef']
      .filter(source => isGiven(fieldsOf(fieldsOf(variable).valueFrom)[source]))
      .map(source => ({ field: `${field}.env[${i}].valueFrom.${source}`, feature: ServingFeature.FIELD_REF }))),
    ...listOf(container.volumeMounts).flatMap((mount, i) => isGiven(fieldsOf(mount).mountPropagation)
      ? [{ field: `${field}.volumeMounts[${i}].mountPropagation`, feature: ServingFeature.MOUNT_PROPAGATION, enabled: true }]
      : []),
    ...add.length > 0 && !lowPort
      ? [{ field: `${field}.securityContext.capabilities.add`, value: add, feature: ServingFeature.ADD_CAPABILITIES, enabled: true }]
      : [],
    // a probe without a field counts as none, but the readiness probe gets one by default
    ...role !== ContainerRole.SIDECAR ? [] : PROBES
      .filter(probe => Object.values(fieldsOf(container[probe])).some(isSet) || (probe === 'readinessProbe' && isGiven(container[probe])))
      .map(probe => ({ field: `${field}.${probe}`, feature: ServingFeature.MULTI_CONTAINER_PROBING, enabled: true })),
  ];
}
