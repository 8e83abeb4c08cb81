import { onOpenFaasFunctions, openFaasFunction } from './openfaas-rule';
import { Finding } from '../../../rule';
import { Fields, fieldsOf, isMap, stringOf } from '../../../values';

const FIELDS = ['name', 'image', 'handler', 'environment', 'labels', 'annotations', 'constraints', 'secrets', 'limits', 'requests', 'readOnlyRootFilesystem'];
const RESOURCES = ['cpu', 'memory'];
const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export const openFaasFields = onOpenFaasFunctions({
  code: 'SM0171',
  title: 'a Function that OpenFaaS does not take',
  explanation: 'A Function has a name, which is a DNS label, and an image; variables, labels and annotations are maps of texts, and the API server takes no other fields '
    + '(openfaas/faas-netes artifacts/crds/openfaas.com_functions.yaml; pkg/handlers/validate.go).',
  example: {
    refused: openFaasFunction('environment: { write_debug: true }', 'replicas: 2'),
    accepted: openFaasFunction('environment: { write_debug: "true" }'),
  },
  findings: spec => [
    ...badName(spec),
    ...stringOf(spec.image) ? [] : [{ field: 'spec.image', value: spec.image, reason: 'a function without an image cannot run', fix: 'name the image' }],
    ...unknown(spec, 'spec', FIELDS),
    ...['limits', 'requests'].flatMap(field => unknown(fieldsOf(spec[field]), `spec.${field}`, RESOURCES)),
    ...['environment', 'labels', 'annotations', 'limits', 'requests'].flatMap(field => noTexts(spec[field], `spec.${field}`)),
  ],
});

function badName({ name }: Fields): Finding[] {
  const text = stringOf(name);
  return text !== undefined && NAME.test(text) ? [] : [{
    field: 'spec.name',
    value: name,
    reason: 'OpenFaaS names a Deployment and a Service after the function, and takes a DNS label of at most 63 characters',
    fix: 'choose a name of lower-case letters, digits and hyphens',
  }];
}

function unknown(fields: Fields, path: string, known: readonly string[]): Finding[] {
  return Object.keys(fields).filter(field => !known.includes(field)).map(field => ({
    field: `${path}.${field}`,
    reason: 'there is no such field',
    fix: field === 'replicas' ? 'write the labels com.openfaas.scale.min and com.openfaas.scale.max' : `leave it out; there are ${known.join(', ')}`,
  }));
}

function noTexts(value: unknown, path: string): Finding[] {
  if (!isMap(value)) return [];
  return Object.entries(value).filter(([, entry]) => typeof entry !== 'string').map(([key]) => ({
    field: `${path}[${key}]`,
    // a variable may be a password
    reason: 'the API server takes texts only',
    fix: 'put it into quotes',
  }));
}
