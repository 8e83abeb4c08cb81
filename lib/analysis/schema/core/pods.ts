import { atLeast, choice, id, ip, range } from './amounts';
import { relativePath } from './containers';
import { entriesIn, Facts, isEmpty, say } from './facts';
import { checkLabels } from './metadata';
import { dnsLabel, dnsSubdomain, qualifiedName } from './names';
import { Fields, isAbsent } from '../structural';
import { Walk } from '../walk';

const LISTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The sources of a volume; one without any is an empty directory. */
const VOLUME_SOURCES = ['configMap', 'secret', 'emptyDir', 'persistentVolumeClaim', 'projected', 'downwardAPI', 'hostPath', 'csi', 'ephemeral', 'nfs', 'image',
  'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'iscsi',
  'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume'];

const MODE = range(0, 0o777);

const HAS_PODS: Facts = {
  check: ({ spec }, walk) => {
    if (isAbsent(spec)) walk.report('missing', say('a pod has containers', 'add at least one'), undefined, ['spec', 'containers']);
  },
};

export const POD_FACTS: Record<string, Facts> = {
  'core.v1.Pod': HAS_PODS,
  'core.v1.PodTemplateSpec': HAS_PODS,
  'core.v1.PodSpec': {
    filled: ['containers'],
    unique: ['containers', 'initContainers', 'ephemeralContainers', 'volumes'],
    fields: {
      restartPolicy: choice('Always', 'OnFailure', 'Never'),
      dnsPolicy: choice('ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'),
      terminationGracePeriodSeconds: atLeast(0),
      activeDeadlineSeconds: atLeast(1),
      serviceAccountName: dnsSubdomain,
      nodeName: dnsSubdomain,
      hostname: dnsLabel,
      subdomain: dnsLabel,
      priorityClassName: dnsSubdomain,
      preemptionPolicy: choice('PreemptLowerPriority', 'Never'),
      runtimeClassName: dnsSubdomain,
    },
    check: checkPod,
  },
  'core.v1.PodSecurityContext': {
    fields: {
      runAsUser: id,
      runAsGroup: id,
      fsGroup: id,
      fsGroupChangePolicy: choice('Always', 'OnRootMismatch'),
      supplementalGroupsPolicy: choice('Merge', 'Strict'),
    },
  },
  'core.v1.Volume': { filled: ['name'], fields: { name: dnsLabel }, atMostOne: VOLUME_SOURCES },
  'core.v1.ConfigMapVolumeSource': { filled: ['name'], fields: { defaultMode: MODE } },
  'core.v1.SecretVolumeSource': { filled: ['secretName'], fields: { defaultMode: MODE } },
  'core.v1.ProjectedVolumeSource': { fields: { defaultMode: MODE } },
  'core.v1.DownwardAPIVolumeSource': { fields: { defaultMode: MODE } },
  'core.v1.PersistentVolumeClaimVolumeSource': { filled: ['claimName'] },
  'core.v1.HostPathVolumeSource': { filled: ['path'], fields: { type: choice('DirectoryOrCreate', 'Directory', 'FileOrCreate', 'File', 'Socket', 'CharDevice', 'BlockDevice') } },
  'core.v1.KeyToPath': { filled: ['key', 'path'], fields: { mode: MODE, path: relativePath } },
  'core.v1.ConfigMapProjection': { filled: ['name'] },
  'core.v1.SecretProjection': { filled: ['name'] },
  'core.v1.ServiceAccountTokenProjection': { filled: ['path'], fields: { expirationSeconds: range(600, 2 ** 32), path: relativePath } },
  'core.v1.HostAlias': { filled: ['ip'], fields: { ip } },
  'core.v1.Toleration': {
    fields: { key: qualifiedName, operator: choice('Exists', 'Equal'), effect: choice('NoSchedule', 'PreferNoSchedule', 'NoExecute') },
    check: checkToleration,
  },
  'core.v1.TopologySpreadConstraint': {
    filled: ['topologyKey', 'whenUnsatisfiable'],
    fields: { maxSkew: atLeast(1), topologyKey: qualifiedName, whenUnsatisfiable: choice('DoNotSchedule', 'ScheduleAnyway') },
  },
  'core.v1.PodAffinityTerm': { filled: ['topologyKey'], fields: { topologyKey: qualifiedName } },
  'core.v1.WeightedPodAffinityTerm': { fields: { weight: range(1, 100) } },
  'core.v1.PreferredSchedulingTerm': { fields: { weight: range(1, 100) } },
  'core.v1.NodeSelector': { filled: ['nodeSelectorTerms'] },
  'core.v1.NodeSelectorRequirement': { fields: { key: qualifiedName, operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt') } },
};

function checkPod(pod: Fields, walk: Walk): void {
  checkLabels(pod.nodeSelector, 'nodeSelector', walk);
  checkContainerNames(pod, walk);
  const volumes = new Set([...entriesIn(pod.volumes).map(volume => volume.name), ...walk.claims]);
  for (const list of LISTS) {
    entriesIn(pod[list]).forEach((container, i) => {
      entriesIn(container.volumeMounts).forEach(({ name }, j) => {
        if (isEmpty(name) || volumes.has(name)) return;
        walk.report('value', say('the pod has no volume of this name', 'declare it under volumes, or correct the name'), name, [list, i, 'volumeMounts', j, 'name']);
      });
      if (list === 'initContainers') checkInitContainer(container, i, walk);
      if (list === 'ephemeralContainers' && !isEmpty(container.restartPolicy)) {
        walk.report('combination', say('only init containers have a restart policy of their own', 'remove it'), container.restartPolicy, [list, i, 'restartPolicy']);
      }
    });
  }
}

/** Names are unique over all lists; within one list the schema's key says so. */
function checkContainerNames(pod: Fields, walk: Walk): void {
  const taken = new Map<unknown, string>();
  for (const list of LISTS) {
    entriesIn(pod[list]).forEach(({ name }, i) => {
      const other = taken.get(name);
      if (!isEmpty(name) && other !== undefined && other !== list) {
        walk.report('duplicate', say(`a container of ${other} has the same name`, 'give each container another name'), name, [list, i, 'name']);
      }
      if (other === undefined) taken.set(name, list);
    });
  }
}

/** Only an init container that goes on running, a sidecar, is probed. */
function checkInitContainer(container: Fields, index: number, walk: Walk): void {
  if (container.restartPolicy === 'Always') return;
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
    if (isAbsent(container[field])) continue;
    walk.report('combination', say('an init container that ends is not probed', 'remove it, or set restartPolicy: Always'), undefined, ['initContainers', index, field]);
  }
}

function checkToleration({ key, operator, value, effect, tolerationSeconds }: Fields, walk: Walk): void {
  if (isEmpty(key) && !isEmpty(operator) && operator !== 'Exists') {
    walk.report('value', say('without a key only Exists makes sense', 'add a key, or write operator: Exists'), operator, ['operator']);
  }
  if (operator === 'Exists' && !isEmpty(value)) walk.report('combination', say('Exists compares with no value', 'remove it'), value, ['value']);
  if (!isAbsent(tolerationSeconds) && effect !== 'NoExecute') {
    walk.report('combination', say('only NoExecute is tolerated for a time', 'write effect: NoExecute'), effect, ['effect']);
  }
}
