import { choice } from './amounts';
import { checkResources } from './containers';
import { Facts, fieldsIn, isEmpty, say } from './facts';
import { configKey, dnsSubdomain, qualifiedName } from './names';
import { parseQuantity } from '../quantity';
import { Fields, isAbsent } from '../structural';
import { oneOf } from '../values';
import { Walk } from '../walk';

const MAX_BYTES = 1024 * 1024;
const ACCESS_MODES = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'];

const LEVELS = ['privileged', 'baseline', 'restricted'];

/** Keys that a Secret of a type has to have. */
const KEYS_OF_TYPES: Record<string, readonly string[]> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

export const CONFIGURATION_FACTS: Record<string, Facts> = {
  'core.v1.ConfigMap': { check: checkConfigMap },
  'core.v1.Secret': { check: checkSecret },
  'core.v1.Namespace': { check: ({ metadata }, walk) => checkPodSecurity(fieldsIn(fieldsIn(metadata).labels), walk) },
  'core.v1.PersistentVolumeClaim': { filled: ['spec'] },
  'core.v1.PersistentVolumeClaimSpec': {
    filled: ['accessModes', 'resources'],
    fields: { volumeMode: choice('Filesystem', 'Block'), storageClassName: dnsSubdomain },
    check: (spec, walk) => {
      checkAccessModes(spec, walk);
      const storage = fieldsIn(fieldsIn(spec.resources).requests).storage;
      if (isAbsent(storage) && !isAbsent(spec.resources)) walk.report('missing', say('a claim asks for storage', 'add it: an amount such as 1Gi'), undefined, ['resources', 'requests', 'storage']);
      else if (isNothing(storage)) walk.report('value', say('a claim asks for more than nothing', 'write an amount such as 1Gi'), storage, ['resources', 'requests', 'storage']);
    },
  },
  'core.v1.PersistentVolumeSpec': {
    filled: ['capacity', 'accessModes'],
    fields: { persistentVolumeReclaimPolicy: choice('Retain', 'Delete', 'Recycle'), volumeMode: choice('Filesystem', 'Block') },
    check: checkAccessModes,
  },
  'core.v1.VolumeResourceRequirements': { check: (resources, walk) => checkResources(resources, walk, false) },
  'core.v1.ResourceQuotaSpec': {
    check: ({ hard }, walk) => Object.entries(fieldsIn(hard)).forEach(([name, amount]) => {
      const complaint = qualifiedName(name);
      if (complaint) walk.report('value', complaint, undefined, ['hard', name]);
      if ((parseQuantity(String(amount))?.nano ?? 0n) < 0n) walk.report('value', say('the amount is negative', 'write an amount of at least 0'), amount, ['hard', name]);
    }),
  },
  'core.v1.LimitRangeSpec': { optional: ['limits'] },
  'core.v1.LimitRangeItem': { filled: ['type'], check: checkLimits },
  'scheduling.v1.PriorityClass': {
    fields: { preemptionPolicy: choice('PreemptLowerPriority', 'Never') },
    optional: ['value'],
    check: ({ value, metadata }, walk) => {
      const { name } = fieldsIn(metadata);
      if (typeof name === 'string' && name.startsWith('system-')) {
        walk.report('name', say('names that begin with system- are the cluster\'s own', 'choose another name'), name, ['metadata', 'name']);
      } else if (typeof value === 'number' && value > 1_000_000_000) {
        walk.report('value', say('higher priorities are the cluster\'s own', 'write at most 1000000000'), value, ['value']);
      }
    },
  },
  'storage.v1.StorageClass': {
    filled: ['provisioner'],
    fields: {
      provisioner: value => typeof value === 'string' ? qualifiedName(value.toLowerCase()) : undefined,
      reclaimPolicy: choice('Delete', 'Retain'),
      volumeBindingMode: choice('Immediate', 'WaitForFirstConsumer'),
    },
  },
};

function checkConfigMap({ data, binaryData }: Fields, walk: Walk): void {
  const both = new Set(Object.keys(fieldsIn(binaryData)));
  checkKeys(data, 'data', walk);
  checkKeys(binaryData, 'binaryData', walk);
  for (const key of Object.keys(fieldsIn(data))) {
    if (both.has(key)) walk.report('duplicate', say('binaryData has the same key', 'give each text another key'), undefined, ['data', key]);
  }
  checkSize(bytesOf(data) + Math.floor(bytesOf(binaryData) * 3 / 4), 'data', walk);
}

function checkSecret(secret: Fields, walk: Walk): void {
  checkKeys(secret.data, 'data', walk);
  checkKeys(secret.stringData, 'stringData', walk);
  checkSize(Math.floor(bytesOf(secret.data) * 3 / 4) + bytesOf(secret.stringData), 'data', walk);
  const keys = { ...fieldsIn(secret.data), ...fieldsIn(secret.stringData) };
  const type = typeof secret.type === 'string' ? secret.type : '';
  for (const key of KEYS_OF_TYPES[type] ?? []) {
    if (!(key in keys)) walk.report('missing', say(`a Secret of the type ${type} has it`, 'add it, or choose the type Opaque'), undefined, ['data', key]);
  }
  if (type === 'kubernetes.io/dockerconfigjson' && '.dockerconfigjson' in keys && !isJson(secret)) {
    walk.report('value', say('the text is no JSON', 'write what docker login writes into its config.json'), undefined, ['data', '.dockerconfigjson']);
  }
  if (type === 'kubernetes.io/basic-auth' && !('username' in keys) && !('password' in keys)) {
    walk.report('missing', say(`a Secret of the type ${type} has a username or a password`, 'add one, or choose the type Opaque'), undefined, ['data', 'username']);
  }
}

/** The levels of pod security, which an admission plugin of the server reads from the labels of a namespace. */
function checkPodSecurity(labels: Fields, walk: Walk): void {
  for (const mode of ['enforce', 'audit', 'warn']) {
    const key = `pod-security.kubernetes.io/${mode}`;
    const [level, version] = [labels[key], labels[`${key}-version`]];
    if (typeof level === 'string' && !LEVELS.includes(level)) walk.report('value', oneOf(LEVELS), level, ['metadata', 'labels', key]);
    if (typeof version === 'string' && !/^(?:latest|v1\.\d+)$/.test(version)) {
      walk.report('value', say('the text is no version', 'write latest, or a version such as v1.34'), version, ['metadata', 'labels', `${key}-version`]);
    }
  }
}

function isJson({ data, stringData }: Fields): boolean {
  const [encoded, plain] = [fieldsIn(data)['.dockerconfigjson'], fieldsIn(stringData)['.dockerconfigjson']];
  const text = typeof plain === 'string' ? plain : typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : '{}';
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object';
  } catch {
    return false;
  }
}

function checkKeys(data: unknown, field: string, walk: Walk): void {
  for (const key of Object.keys(fieldsIn(data))) {
    const complaint = configKey(key);
    if (complaint) walk.report('name', complaint, undefined, [field, key]);
  }
}

function bytesOf(data: unknown): number {
  return Object.values(fieldsIn(data)).reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);
}

function checkSize(bytes: number, field: string, walk: Walk): void {
  if (bytes > MAX_BYTES) walk.report('value', say(`it holds ${bytes} bytes, more than ${MAX_BYTES}`, 'keep large files in an image or a volume'), undefined, [field]);
}

function checkAccessModes({ accessModes }: Fields, walk: Walk): void {
  (Array.isArray(accessModes) ? accessModes : []).forEach((mode, i) => {
    if (!ACCESS_MODES.includes(mode as string)) walk.report('value', oneOf(ACCESS_MODES), mode, ['accessModes', i]);
  });
}

function checkLimits(item: Fields, walk: Walk): void {
  const order = ['min', 'defaultRequest', 'default', 'max'];
  for (const [i, low] of order.entries()) {
    for (const high of order.slice(i + 1)) {
      for (const [name, amount] of Object.entries(fieldsIn(item[low]))) {
        const [less, more] = [parseQuantity(String(amount))?.nano, parseQuantity(String(fieldsIn(item[high])[name] ?? ''))?.nano];
        if (less !== undefined && more !== undefined && less > more) {
          walk.report('value', say(`it is larger than ${high}`, `write at most ${String(fieldsIn(item[high])[name])}`), amount, [low, name]);
        }
      }
    }
  }
  if (item.type === 'Pod' && (!isEmpty(item.default) || !isEmpty(item.defaultRequest))) {
    walk.report('combination', say('a pod as a whole has no defaults', 'write them for type: Container'), undefined, [isEmpty(item.default) ? 'defaultRequest' : 'default']);
  }
}

function isNothing(amount: unknown): boolean {
  return !isAbsent(amount) && (parseQuantity(String(amount))?.nano ?? 1n) <= 0n;
}
