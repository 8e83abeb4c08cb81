import { SOURCES, specOf } from './brokers';
import { ManifestModel, ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { Fields, fieldsOf, isGiven, textOf } from '../../values';

export const SINKS = 'sinks.knative.dev';

/** Services of AWS by their field, each with what it needs. */
type Needs = { readonly [service: string]: readonly string[] };

interface Integration {
  readonly object: ModelObject;
  /** Fields beside aws that are an end of their own. */
  readonly others: readonly string[];
  readonly aws: Needs;
}

export const integration: Rule = {
  code: 'SM0365',
  title: 'IntegrationSource or IntegrationSink with no other end, or several',
  explanation: 'It has exactly one other end; one in AWS has its name, region and credentials (knative/eventing pkg/apis/sources/v1alpha1/integration_validation.go, '
    + 'pkg/apis/sinks/v1alpha1/integration_sink_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const entry of integrations(context.model)) {
      for (const finding of flaws(specOf(entry.object), entry)) context.report(entry.object, finding);
    }
  },
  example: {
    refused: `
apiVersion: sinks.knative.dev/v1alpha1
kind: IntegrationSink
metadata: { name: archive, namespace: shop }
spec:
  aws:
    s3: { arn: 'arn:aws:s3:::orders' }
    auth: { secret: { ref: { name: aws } } }
`,
    accepted: `
apiVersion: sinks.knative.dev/v1alpha1
kind: IntegrationSink
metadata: { name: archive, namespace: shop }
spec:
  aws:
    s3: { arn: 'arn:aws:s3:::orders', region: eu-north-1 }
    auth: { secret: { ref: { name: aws } } }
`,
  },
};

function integrations(model: ManifestModel): Integration[] {
  const queue = ['arn', 'region'];
  return [
    ...model.ofKind(SOURCES, 'IntegrationSource').map(object => ({ object, others: ['timer'], aws: { s3: queue, sqs: queue, ddbStreams: ['table', 'region'] } })),
    ...model.ofKind(SINKS, 'IntegrationSink').map(object => ({ object, others: ['log'], aws: { s3: queue, sqs: queue, sns: queue } })),
  ];
}

function flaws(spec: Fields, { others, aws }: Integration): Finding[] {
  const cloud = fieldsOf(spec.aws);
  const services = Object.keys(aws).filter(service => isGiven(cloud[service]));
  const ends = [...others.filter(name => isGiven(spec[name])), ...services.map(service => `aws.${service}`)];
  const known = [...others, ...Object.keys(aws).map(service => `aws.${service}`)].join(', ');
  if (ends.length === 0) return [{ field: 'spec', reason: 'it says no other end', fix: `write one of ${known}` }];
  if (ends.length > 1) return [{ field: 'spec', value: ends.join(', '), reason: 'it has one other end', fix: 'make an object of its own for each' }];
  return services.flatMap(service => [
    ...aws[service].filter(name => textOf(fieldsOf(cloud[service])[name]) === undefined).map(name => ({
      field: `spec.aws.${service}.${name}`,
      reason: 'without it nobody knows where the events are',
      fix: `write the ${name}`,
    })),
    ...hasAuth(fieldsOf(cloud.auth)) ? [] : [{
      field: 'spec.aws.auth',
      reason: 'AWS lets nobody in without credentials',
      fix: 'name the Secret with them in auth.secret.ref.name, or the service account that may assume a role in auth.serviceAccountName',
    }],
  ]);
}

function hasAuth(auth: Fields): boolean {
  return textOf(fieldsOf(fieldsOf(auth.secret).ref).name) !== undefined || textOf(auth.serviceAccountName) !== undefined;
}
