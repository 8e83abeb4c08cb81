import { configMapOf, EVENTING, isKafka } from './brokers';
import { KAFKA_CONFIG } from '../../../core/eventing/names';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Finding, Rule, RuleContext } from '../../rule';
import { fieldsOf, isGiven } from '../../values';

const INT32 = 2 ** 31 - 1;
const INT16 = 2 ** 15 - 1;

/** Any retention below this is a mistake in the unit. */
const SHORTEST_RETENTION_MILLIS = 60_000;

/** The ConfigMaps of the app that Brokers on Kafka point to, each once. */
function kafkaConfigMaps(context: RuleContext): Set<ModelObject> {
  return new Set(context.model.ofKind(EVENTING, 'Broker').filter(isKafka).flatMap(broker => configMapOf(context.model, broker) ?? []));
}

export const kafkaConfig: Rule = {
  code: 'SM0305',
  title: 'Broker on Kafka without what its topic needs',
  explanation: 'The controller refuses a configuration without bootstrap.servers or with default.topic.partitions or default.topic.replication.factor '
    + 'of 0 or less, which is also what a missing key counts as (eventing-kafka-broker control-plane/pkg/kafka/topic.go).',
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
`,
  },
  check(context) {
    for (const configMap of kafkaConfigMaps(context)) {
      const data = fieldsOf(configMap.manifest.data);
      for (const finding of [
        ...textFindings(data),
        ...serverFindings(data[KAFKA_CONFIG.bootstrapServers]),
        ...countFindings(data[KAFKA_CONFIG.partitions], KAFKA_CONFIG.partitions, INT32, 'partitions'),
        ...countFindings(data[KAFKA_CONFIG.replicationFactor], KAFKA_CONFIG.replicationFactor, INT16, 'copies of each partition'),
        ...secretFindings(data[KAFKA_CONFIG.authSecret]),
      ]) {
        context.report(configMap, finding);
      }
    }
  },
};

export const kafkaRetention: Rule = {
  code: 'SM0306',
  title: 'Broker on Kafka that keeps its events for less than a minute',
  explanation: 'retention.ms is in milliseconds. Kafka deletes older events whether or not they were delivered '
    + '(kafka.apache.org/documentation, topic configs; eventing-kafka-broker control-plane/pkg/kafka/topic.go passes them on).',
  severity: Severity.WARNING,
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
  default.topic.config.retention.ms: "168"
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
  default.topic.config.retention.ms: "604800000"
`,
  },
  check(context) {
    for (const configMap of kafkaConfigMaps(context)) {
      const retention = fieldsOf(configMap.manifest.data)[KAFKA_CONFIG.retention];
      const millis = typeof retention === 'string' && /^\d+$/.test(retention) ? Number(retention) : NaN;
      if (!(millis < SHORTEST_RETENTION_MILLIS)) continue;
      context.report(configMap, {
        field: `data['${KAFKA_CONFIG.retention}']`,
        value: retention,
        reason: `the value is in milliseconds, so Kafka drops events after ${millis / 1000} s, delivered or not`,
        fix: 'write milliseconds, such as 604800000 for seven days',
      });
    }
  },
};

function textFindings(data: { readonly [key: string]: unknown }): Finding[] {
  return Object.entries(data).filter(([, value]) => typeof value !== 'string').map(([key, value]) => ({
    field: `data['${key}']`,
    value,
    reason: 'the values of a ConfigMap are texts',
    fix: 'put it in quotes',
  }));
}

function serverFindings(value: unknown): Finding[] {
  if (typeof value === 'string' ? value.split(',').some(server => server.trim() !== '') : isGiven(value)) return [];
  return [{
    field: `data['${KAFKA_CONFIG.bootstrapServers}']`,
    value,
    reason: 'a Broker on Kafka needs the address of at least one of Kafka\'s brokers',
    fix: 'write host:port, several with commas between them',
  }];
}

function countFindings(value: unknown, key: string, most: number, what: string): Finding[] {
  const count = typeof value === 'string' && /^[-+]?\d+$/.test(value) ? Number(value) : NaN;
  if (count >= 1 && count <= most || (isGiven(value) && typeof value !== 'string')) return [];
  return [{
    field: `data['${key}']`,
    value,
    reason: `the topic cannot be created without its number of ${what}, a whole number from 1 to ${most}`,
    fix: `write the number of ${what} as a text, such as "3"`,
  }];
}

function secretFindings(value: unknown): Finding[] {
  if (value !== '') return [];
  return [{
    field: `data['${KAFKA_CONFIG.authSecret}']`,
    value,
    reason: 'the controller looks for a Secret without a name',
    fix: 'name the Secret, or remove the key where Kafka asks for no credentials',
  }];
}
