import { atLeast, choice, id, port, portOrName, portOrNone, range } from './amounts';
import { entriesIn, Facts, fieldsIn, isEmpty, say } from './facts';
import { configKey, dnsLabel, dnsSubdomain, portName, qualifiedName } from './names';
import { parseQuantity } from '../quantity';
import { Fields, isAbsent, isFields } from '../structural';
import { ValueCheck } from '../values';
import { Walk } from '../walk';

const HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const protocol = choice('TCP', 'UDP', 'SCTP');
const POD_FIELD = /^(?:metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])|spec\.(?:nodeName|serviceAccountName)|status\.(?:hostIPs?|podIPs?))$/;

const podField: ValueCheck = value => typeof value !== 'string' || POD_FIELD.test(value) ? undefined
  : say('there is no such field to refer to', "write metadata.name, metadata.namespace, metadata.uid, metadata.labels['KEY'], metadata.annotations['KEY'], spec.nodeName, spec.serviceAccountName, status.hostIP or status.podIP");

const scheme = choice('HTTP', 'HTTPS');

const envName: ValueCheck = value => typeof value !== 'string' || /^[\x20-\x3c\x3e-\x7e]+$/.test(value) ? undefined
  : say('the text is no name of a variable', 'use printable ASCII characters other than =');

const image: ValueCheck = value => typeof value !== 'string' || value === value.trim() ? undefined
  : say('the name of the image has spaces around it', 'remove them');

const headerName: ValueCheck = value => typeof value !== 'string' || /^[-A-Za-z0-9]+$/.test(value) ? undefined
  : say('the text is no name of a header', 'use letters, digits and hyphens');

const PROBE: Facts = {
  one: HANDLERS,
  fields: {
    initialDelaySeconds: atLeast(0),
    timeoutSeconds: atLeast(0),
    periodSeconds: atLeast(0),
    successThreshold: atLeast(0),
    failureThreshold: atLeast(0),
    terminationGracePeriodSeconds: atLeast(1),
  },
};

const PROFILE = (file: string): Facts => ({
  filled: ['type'],
  fields: { type: choice('RuntimeDefault', 'Localhost', 'Unconfined') },
  check: (profile, walk) => {
    if (profile.type === 'Localhost' && isEmpty(profile[file])) walk.report('missing', say('the type Localhost names a profile', 'add it: a text'), undefined, [file]);
    if (profile.type !== 'Localhost' && !isEmpty(profile[file])) walk.report('combination', say('only the type Localhost names a profile', 'remove it'), undefined, [file]);
  },
});

const CONTAINER: Facts = {
  filled: ['name', 'image'],
  unique: ['volumeMounts', 'volumeDevices'],
  fields: {
    name: dnsLabel,
    image,
    imagePullPolicy: choice('Always', 'Never', 'IfNotPresent'),
    terminationMessagePolicy: choice('File', 'FallbackToLogsOnError'),
  },
  check: checkContainer,
};

export const CONTAINER_FACTS: Record<string, Facts> = {
  'core.v1.Container': CONTAINER,
  'core.v1.EphemeralContainer': { ...CONTAINER },
  'core.v1.ContainerPort': {
    defaults: { protocol: 'TCP' },
    filled: ['containerPort'],
    fields: { containerPort: port, hostPort: portOrNone, name: portName, protocol },
  },
  'core.v1.EnvVar': {
    filled: ['name'],
    fields: { name: envName },
    check: ({ value, valueFrom }, walk) => {
      if (!isAbsent(value) && value !== '' && !isAbsent(valueFrom)) {
        walk.report('combination', say('only one of value, valueFrom may be set', 'keep one of them'));
      }
    },
  },
  'core.v1.EnvVarSource': { one: ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] },
  'core.v1.EnvFromSource': { one: ['configMapRef', 'secretRef'] },
  'core.v1.ConfigMapKeySelector': { filled: ['key', 'name'], fields: { key: configKey, name: dnsSubdomain } },
  'core.v1.SecretKeySelector': { filled: ['key', 'name'], fields: { key: configKey, name: dnsSubdomain } },
  'core.v1.ConfigMapEnvSource': { filled: ['name'], fields: { name: dnsSubdomain } },
  'core.v1.SecretEnvSource': { filled: ['name'], fields: { name: dnsSubdomain } },
  'core.v1.ObjectFieldSelector': { filled: ['fieldPath'], fields: { fieldPath: podField } },
  'core.v1.ResourceFieldSelector': { filled: ['resource'] },
  'core.v1.Probe': PROBE,
  'core.v1.LifecycleHandler': { one: ['exec', 'httpGet', 'tcpSocket', 'sleep'] },
  'core.v1.ExecAction': { filled: ['command'] },
  'core.v1.HTTPGetAction': { filled: ['port'], fields: { port: portOrName, scheme } },
  'core.v1.HTTPHeader': { filled: ['name'], optional: ['value'], fields: { name: headerName } },
  'core.v1.TCPSocketAction': { filled: ['port'], fields: { port: portOrName } },
  'core.v1.GRPCAction': { filled: ['port'], fields: { port } },
  'core.v1.VolumeMount': {
    filled: ['name', 'mountPath'],
    fields: { mountPropagation: choice('None', 'HostToContainer', 'Bidirectional'), subPath: relativePath, subPathExpr: relativePath },
    atMostOne: ['subPath', 'subPathExpr'],
  },
  'core.v1.ResourceRequirements': { check: (resources, walk) => checkResources(resources, walk) },
  'core.v1.SecurityContext': { fields: { runAsUser: id, runAsGroup: id, procMount: choice('Default', 'Unmasked') }, check: checkSecurityContext },
  'core.v1.SeccompProfile': PROFILE('localhostProfile'),
  'core.v1.AppArmorProfile': PROFILE('localhostProfile'),
};

function checkContainer(container: Fields, walk: Walk): void {
  const names = entriesIn(container.ports).map(entry => entry.name);
  names.forEach((name, i) => {
    if (!isEmpty(name) && names.indexOf(name) < i) {
      walk.report('duplicate', say(`entry ${names.indexOf(name)} has the same name`, 'give each port another name'), name, ['ports', i, 'name']);
    }
  });
  for (const probe of ['livenessProbe', 'startupProbe']) {
    const threshold = fieldsIn(container[probe]).successThreshold;
    if (typeof threshold === 'number' && threshold > 1) {
      walk.report('value', say('one success is enough for this probe', 'write 1, or leave it out'), threshold, [probe, 'successThreshold']);
    }
  }
  if (!isAbsent(fieldsIn(container.readinessProbe).terminationGracePeriodSeconds)) {
    walk.report('combination', say('a readiness probe ends no container', 'remove it'), undefined, ['readinessProbe', 'terminationGracePeriodSeconds']);
  }
}

export function checkResources({ requests, limits }: Fields, walk: Walk, ofContainer = true): void {
  for (const [field, amounts] of [['requests', fieldsIn(requests)], ['limits', fieldsIn(limits)]] as const) {
    for (const [name, amount] of Object.entries(amounts)) {
      const nano = nanoOf(amount);
      if (nano !== undefined && nano < 0n) walk.report('value', say('the amount is negative', 'write an amount of at least 0'), amount, [field, name]);
      const complaint = qualifiedName(name) ?? (ofContainer && !isContainerResource(name)
        ? say('there is no such resource', 'write cpu, memory or ephemeral-storage, or a name with a domain such as example.com/gpu') : undefined);
      if (complaint) walk.report('value', complaint, undefined, [field, name]);
    }
  }
  for (const [name, amount] of Object.entries(fieldsIn(requests))) {
    const [request, limit] = [nanoOf(amount), nanoOf(fieldsIn(limits)[name])];
    if (request !== undefined && limit !== undefined && request > limit) {
      walk.report('value', say(`the request is larger than the limit ${String(fieldsIn(limits)[name])}`, 'request at most the limit'), amount, ['requests', name]);
    }
  }
}

function isContainerResource(name: string): boolean {
  return ['cpu', 'memory', 'ephemeral-storage'].includes(name) || name.startsWith('hugepages-') || name.includes('/');
}

function nanoOf(amount: unknown): bigint | undefined {
  return typeof amount === 'string' || typeof amount === 'number' ? parseQuantity(String(amount))?.nano : undefined;
}

function checkSecurityContext(context: Fields, walk: Walk): void {
  if (context.allowPrivilegeEscalation !== false) return;
  const added = isFields(context.capabilities) && Array.isArray(context.capabilities.add) ? context.capabilities.add : [];
  const why = context.privileged === true ? 'a privileged container can escalate' : added.includes('SYS_ADMIN') || added.includes('CAP_SYS_ADMIN')
    ? 'a container with SYS_ADMIN can escalate' : undefined;
  if (why) walk.report('combination', say(why, 'drop that, or leave allowPrivilegeEscalation out'), false, ['allowPrivilegeEscalation']);
}

export function relativePath(value: unknown): ReturnType<ValueCheck> {
  return typeof value !== 'string' || !(value.startsWith('/') || value.split('/').includes('..')) ? undefined
    : say('the path leads out of the volume', 'write a path within it, without / at the beginning and without ..');
}

export const replicas = range(0, 2 ** 31 - 1);
