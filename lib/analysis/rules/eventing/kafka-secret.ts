import { configMapOf, EVENTING, find, isKafka, namespaceOf } from './brokers';
import { KAFKA_CONFIG } from '../../../core/eventing/names';
import { secretText } from '../../../core/eventing/secret-text';
import { ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { fieldsOf, textOf } from '../../values';

const PROTOCOLS = ['PLAINTEXT', 'SASL_PLAINTEXT', 'SSL', 'SASL_SSL'];
const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'];

export const kafkaSecret: Rule = {
  code: 'SM0307',
  title: 'Secret for Kafka that lacks what the Broker reads',
  explanation: 'The keys that the controller reads depend on the protocol (eventing-kafka-broker control-plane/pkg/security/secret.go). The Secret is in the '
    + 'namespace of the Broker\'s ConfigMap.',
  example: {
    refused: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: shop, name: orders }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data:
  bootstrap.servers: kafka.kafka:9092
  default.topic.partitions: "10"
  default.topic.replication.factor: "3"
  auth.secret.ref.name: kafka-login
---
apiVersion: v1
kind: Secret
metadata: { name: kafka-login, namespace: shop }
stringData:
  protocol: SASL_SSL
  sasl.mechanism: SCRAM-SHA-512
  user: shop
`,
    accepted: `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: shop
  annotations: { eventing.knative.dev/broker.class: Kafka }
spec:
  config: { apiVersion: v1, kind: ConfigMap, namespace: shop, name: orders }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data:
  bootstrap.servers: kafka.kafka:9092
  default.topic.partitions: "10"
  default.topic.replication.factor: "3"
  auth.secret.ref.name: kafka-login
---
apiVersion: v1
kind: Secret
metadata: { name: kafka-login, namespace: shop }
stringData:
  protocol: SASL_SSL
  sasl.mechanism: SCRAM-SHA-512
  user: shop
  password: change-me
`,
  },
  check(context) {
    const { model } = context;
    for (const broker of model.ofKind(EVENTING, 'Broker').filter(isKafka)) {
      const configMap = configMapOf(model, broker);
      const name = configMap && textOf(fieldsOf(configMap.manifest.data)[KAFKA_CONFIG.authSecret]);
      const secret = name && find(model, '', 'Secret', name, namespaceOf(configMap));
      if (!secret || isFilledElsewhere(secret)) continue;
      for (const finding of keyFindings(key => secretText(secret.manifest, key))) context.report(secret, finding);
    }
  },
};

/** Whether the app writes the Secret without a word in it: something in the cluster puts the credentials there. */
function isFilledElsewhere(secret: ModelObject): boolean {
  return [secret.manifest.data, secret.manifest.stringData].every(data => Object.keys(fieldsOf(data)).length === 0);
}

function keyFindings(read: (key: string) => string | undefined): Finding[] {
  const protocol = read('protocol');
  // Without it the controller tries an older set of keys, which this rule does not know.
  if (protocol === undefined) return [];
  if (!PROTOCOLS.includes(protocol)) {
    return [{
      field: 'data.protocol',
      value: protocol,
      reason: 'no such protocol is known',
      fix: `write one of ${PROTOCOLS.join(', ')}`,
    }];
  }
  return [
    ...protocol.startsWith('SASL') ? saslFindings(protocol, read) : [],
    ...protocol === 'SSL' && !isTrue(read('user.skip')) ? missing(['user.crt', 'user.key'], protocol, read, ', or user.skip: "true" where Kafka asks for no client certificate') : [],
  ];
}

function saslFindings(protocol: string, read: (key: string) => string | undefined): Finding[] {
  const mechanism = read('sasl.mechanism') ?? 'PLAIN';
  if (!MECHANISMS.includes(mechanism)) {
    return [{
      field: 'data[\'sasl.mechanism\']',
      value: mechanism,
      reason: 'no such mechanism is known',
      fix: `write one of ${MECHANISMS.join(', ')}`,
    }];
  }
  return mechanism === 'OAUTHBEARER' ? [] : missing(['user', 'password'], protocol, read);
}

function missing(keys: string[], protocol: string, read: (key: string) => string | undefined, alternative = ''): Finding[] {
  return keys.filter(key => !read(key)).map(key => ({
    field: `data['${key}']`,
    reason: `protocol ${protocol} needs it`,
    fix: `add the key ${key}${alternative}`,
  }));
}

function isTrue(text: string | undefined): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text ?? '');
}
