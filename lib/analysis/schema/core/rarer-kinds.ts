import { atLeast, choice, port } from './amounts';
import { entriesIn, Facts, say } from './facts';
import { checkLabels } from './metadata';
import { dnsLabel, dnsSubdomain, pathSegment } from './names';
import { ValueCheck } from '../values';

const words = (...allowed: string[]): ValueCheck => {
  const check = choice(...allowed);
  return value => Array.isArray(value) ? value.map(check).find(complaint => complaint !== undefined) : undefined;
};

const WEBHOOK: Facts = {
  filled: ['name', 'clientConfig', 'sideEffects', 'admissionReviewVersions'],
  fields: {
    failurePolicy: choice('Ignore', 'Fail'),
    matchPolicy: choice('Exact', 'Equivalent'),
    sideEffects: choice('None', 'NoneOnDryRun'),
    reinvocationPolicy: choice('Never', 'IfNeeded'),
    name: value => dnsSubdomain(value) ?? (typeof value === 'string' && value.split('.').length < 3
      ? say('the name has fewer than three parts', 'write a domain of at least three parts, such as check.example.com') : undefined),
    timeoutSeconds: value => typeof value === 'number' && (value < 1 || value > 30) ? say('the number is out of range', 'write a number from 1 to 30') : undefined,
  },
};

/** Kinds that few applications bring. */
export const RARER_FACTS: Record<string, Facts> = {
  'admissionregistration.v1.ValidatingWebhook': WEBHOOK,
  'admissionregistration.v1.MutatingWebhook': WEBHOOK,
  'admissionregistration.v1.ValidatingWebhookConfiguration': { unique: ['webhooks'] },
  'admissionregistration.v1.MutatingWebhookConfiguration': { unique: ['webhooks'] },
  'admissionregistration.v1.WebhookClientConfig': { one: ['url', 'service'] },
  'admissionregistration.v1.ServiceReference': { filled: ['namespace', 'name'], fields: { port } },
  'admissionregistration.v1.RuleWithOperations': {
    filled: ['operations', 'apiGroups', 'apiVersions', 'resources'],
    fields: { operations: words('CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'), scope: choice('Cluster', 'Namespaced', '*') },
  },
  'coordination.v1.LeaseSpec': { fields: { leaseDurationSeconds: atLeast(1), leaseTransitions: atLeast(0) } },
  'discovery.v1.EndpointSlice': { optional: ['endpoints'], filled: ['addressType'], fields: { addressType: choice('IPv4', 'IPv6', 'FQDN') } },
  'node.v1.RuntimeClass': { filled: ['handler'], fields: { handler: dnsLabel } },
  'node.v1.Scheduling': { check: ({ nodeSelector }, walk) => checkLabels(nodeSelector, 'nodeSelector', walk) },
  'core.v1.ReplicationControllerSpec': { filled: ['template'] },
  'core.v1.TypedLocalObjectReference': { optional: ['kind', 'name'] },
  'core.v1.ScopedResourceSelectorRequirement': {
    fields: { operator: choice('In', 'NotIn', 'Exists', 'DoesNotExist') },
    check: ({ operator, values }, walk) => {
      if ((operator === 'In' || operator === 'NotIn') && (!Array.isArray(values) || values.length === 0)) {
        walk.report('missing', say(`${operator} compares with values`, 'add at least one'), undefined, ['values']);
      }
    },
  },
  'networking.v1.IngressClassParametersReference': {
    filled: ['kind', 'name'],
    fields: { apiGroup: dnsSubdomain, kind: pathSegment, name: pathSegment, scope: choice('Namespace', 'Cluster') },
  },
  'apiextensions.v1.CustomResourceDefinitionSpec': {
    filled: ['group', 'names', 'versions', 'scope'],
    fields: { group: dnsSubdomain, scope: choice('Namespaced', 'Cluster') },
    check: ({ versions }, walk) => {
      const stored = entriesIn(versions).filter(({ storage }) => storage === true).length;
      if (entriesIn(versions).length > 0 && stored !== 1) {
        walk.report('value', say(`${stored} versions are marked as the one that is stored`, 'set storage: true in exactly one'), undefined, ['versions']);
      }
    },
  },
  'apiextensions.v1.CustomResourceDefinitionVersion': { filled: ['name'], optional: ['served', 'storage'], fields: { name: dnsLabel } },
};
