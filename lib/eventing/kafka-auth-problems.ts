import { ApiObject } from 'cdk8s';
import { KafkaAuth } from './kafka-auth';
import { secretText } from '../core/eventing/secret-text';
import { namespaceOf } from '../core/names';
import { ProblemReport } from '../core/problem';
import { Manifest, render } from '../core/rendering';

/** What is wrong with the Secret that a broker on Kafka is to use, as far as the app itself writes it. */
export function kafkaAuthProblems(auth: KafkaAuth, namespace: string): ProblemReport[] {
  const manifest = manifestOf(auth);
  if (!manifest) return [];
  const secretNamespace = manifest.metadata.namespace ?? namespaceOf(auth.secret);
  const protocol = secretText(manifest, 'protocol');
  return [
    ...secretNamespace === namespace ? [] : [{
      code: 'SM0349',
      field: 'brokerClass.auth',
      value: `${secretNamespace}/${auth.secret.name}`,
      reason: `Knative looks for the Secret in the namespace of the broker's ConfigMap, which is ${namespace}`,
      fix: `create the Secret in namespace ${namespace}`,
    }],
    ...protocol === undefined || auth._protocols.includes(protocol) ? [] : [{
      code: 'SM0349',
      field: 'brokerClass.auth',
      value: protocol,
      reason: `the Secret's key protocol asks for another way to authenticate than the broker, which says ${auth._protocols.join(' or ')}`,
      fix: protocol.startsWith('SASL') ? 'use KafkaAuth.sasl(secret), or correct the Secret' : 'use KafkaAuth.tls(secret) for SSL, or correct the Secret',
    }],
  ];
}

function manifestOf(auth: KafkaAuth): Manifest | undefined {
  const child = auth.secret.node.defaultChild;
  return child && ApiObject.isApiObject(child) ? render(child as ApiObject).manifest : undefined;
}
