import { entriesIn, Facts, fieldsIn, say } from './facts';
import { dns1035Label, dnsLabel, dnsSubdomain, labelValue, pathSegment, qualifiedName } from './names';
import { Fields, isAbsent, isFields } from '../structural';
import { ValueCheck } from '../values';
import { Complaint } from '../violation';
import { Walk } from '../walk';

const ANNOTATIONS_BYTES = 256 * 1024;
const CRON_JOB_NAME = 52;

/** Kinds whose names are checked otherwise than as DNS subdomains. */
const NAMES: Record<string, ValueCheck> = {
  '/Namespace': dnsLabel,
  '/Service': dns1035Label,
  'rbac.authorization.k8s.io/Role': pathSegment,
  'rbac.authorization.k8s.io/RoleBinding': pathSegment,
  'rbac.authorization.k8s.io/ClusterRole': pathSegment,
  'rbac.authorization.k8s.io/ClusterRoleBinding': pathSegment,
  'policy/PodDisruptionBudget': pathSegment,
  'certificates.k8s.io/CertificateSigningRequest': pathSegment,
  'batch/CronJob': value => dnsSubdomain(value) ?? tooLong(value, CRON_JOB_NAME),
  'batch/Job': value => dnsSubdomain(value) ?? tooLong(value, 63),
  'apps/StatefulSet': dnsLabel,
};

/** The name of an object, by its kind: the server adds to some names, and makes a path of each. */
export function checkName(group: string, kind: string, metadata: Fields, walk: Walk): void {
  const check = NAMES[`${group}/${kind}`] ?? dnsSubdomain;
  const { name, generateName } = metadata;
  if (typeof generateName === 'string' && generateName !== '') {
    // the server ends it itself, so a hyphen may be last
    const complaint = check(generateName.replace(/-$/, 'a'));
    if (complaint) walk.report('name', complaint, generateName, ['metadata', 'generateName']);
  }
  if (isAbsent(name) || name === '') {
    if (isAbsent(generateName) || generateName === '') {
      walk.report('missing', { reason: 'an object has a name', fix: 'add it: a text' }, undefined, ['metadata', 'name']);
    }
    return;
  }
  const complaint = check(name);
  if (complaint) walk.report('name', complaint, name, ['metadata', 'name']);
}

export const METADATA_FACTS: Record<string, Facts> = {
  'meta.v1.ObjectMeta': { check: checkMetadata },
  'meta.v1.OwnerReference': { filled: ['apiVersion', 'kind', 'name', 'uid'] },
  'meta.v1.LabelSelector': {
    check: ({ matchLabels }, walk) => {
      // the selector of a metric goes to a metrics server, which has its own idea of labels
      if (walk.step(1) !== 'metric') checkLabels(matchLabels, 'matchLabels', walk);
    },
  },
  'meta.v1.LabelSelectorRequirement': { fields: { key: qualifiedName }, check: checkRequirement },
};

export function checkLabels(labels: unknown, field: string, walk: Walk): void {
  if (!isFields(labels)) return;
  for (const [key, value] of Object.entries(labels)) {
    report('name', qualifiedName(key), undefined, [field, key], walk);
    report('name', labelValue(value), value, [field, key], walk);
  }
}

function checkMetadata({ labels, annotations, finalizers, namespace, ownerReferences }: Fields, walk: Walk): void {
  // what a controller copies into objects that it makes is looked at when it does
  if (walk.step(1) === 'jobTemplate' || walk.step(2) === 'volumeClaimTemplates') return;
  checkLabels(labels, 'labels', walk);
  let bytes = 0;
  for (const [key, value] of Object.entries(fieldsIn(annotations))) {
    // the case of a letter does not matter here
    report('name', qualifiedName(key.toLowerCase()), undefined, ['annotations', key], walk);
    if (typeof value === 'string') bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  }
  if (bytes > ANNOTATIONS_BYTES) {
    walk.report('value', say(`the annotations take ${bytes} bytes, more than ${ANNOTATIONS_BYTES}`, 'keep large texts in a ConfigMap'), undefined, ['annotations']);
  }
  if (Array.isArray(finalizers)) finalizers.forEach((one, i) => report('name', qualifiedName(one), one, ['finalizers', i], walk));
  if (namespace !== '') report('name', dnsLabel(namespace), namespace, ['namespace'], walk);
  const controllers = entriesIn(ownerReferences).filter(owner => owner.controller === true);
  if (controllers.length > 1) {
    walk.report('value', say('two owners claim to be the controller', 'set controller: true in one of them'), undefined, ['ownerReferences']);
  }
}

function checkRequirement({ operator, values }: Fields, walk: Walk): void {
  const count = Array.isArray(values) ? values.length : 0;
  if (operator === 'In' || operator === 'NotIn') {
    if (count === 0) walk.report('missing', say(`${operator} compares with values`, 'add at least one'), undefined, ['values']);
    (Array.isArray(values) ? values : []).forEach((one, i) => report('value', labelValue(one), one, ['values', i], walk));
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (count > 0) walk.report('combination', say(`${operator} takes no values`, 'remove values, or write In or NotIn'), undefined, ['values']);
  } else if (typeof operator === 'string') {
    walk.report('value', say('the value is none of those allowed', 'write one of In, NotIn, Exists, DoesNotExist'), operator, ['operator']);
  }
}

function report(fault: 'name' | 'value', complaint: Complaint | undefined, value: unknown, at: readonly (string | number)[], walk: Walk): void {
  if (complaint) walk.report(fault, complaint, value, at);
}

function tooLong(value: unknown, most: number): Complaint | undefined {
  return typeof value !== 'string' || value.length <= most ? undefined
    : say(`the name has ${value.length} characters, and the server adds more to it for what it starts`, `use at most ${most}`);
}
