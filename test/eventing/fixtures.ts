import { ApiObject, Chart, Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ManifestModel } from '../../lib/analysis/model';
import { RuleContext } from '../../lib/analysis/rule';
import { GrantOptions, ICaller, IEventSink, IWorkload, MeshIdentity, MeshMembership, Problem, SinkReference, WorkloadKind } from '../../lib/core';
import { Intents } from '../../lib/core/intents';
import { problemsOf } from '../../lib/core/validation';
import { BrokerClass, DeadLetters, EventBroker, EventBrokerProps } from '../../lib/eventing';
import { rulesOf } from '../analysis/rules-of';

const EVENTING_RULES = rulesOf('eventing');

/** A workload that takes events, as other rooms give them. */
export class Handler extends Construct implements IWorkload, IEventSink {
  public readonly workloadName: string;
  public readonly servicePort = 80;
  public readonly policyPorts = [8012, 8013];
  public readonly podSelector: { [key: string]: string };
  public readonly serviceAccountName: string;
  public readonly meshIdentity: MeshIdentity;
  public readonly meshMembership = MeshMembership.SIDECAR;
  public readonly callerName: string;
  public readonly serviceHost: string;
  public readonly sinkReference: SinkReference;

  constructor(scope: Construct, name: string, public readonly workloadKind = WorkloadKind.KNATIVE_SERVICE, public readonly workloadNamespace = 'shop') {
    super(scope, name);
    this.workloadName = name;
    this.podSelector = { app: name };
    this.serviceAccountName = name;
    this.meshIdentity = MeshIdentity.serviceAccount(workloadNamespace, name);
    this.callerName = name;
    this.serviceHost = `${name}.${workloadNamespace}.svc.cluster.local`;
    this.sinkReference = { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name, namespace: workloadNamespace };
  }

  public grantInvoke(_caller: ICaller, _options?: GrantOptions): void {
    throw new Error('deliveries are recorded as edges, not granted');
  }
}

export const KAFKA = BrokerClass.kafka({ bootstrapServers: ['kafka:9092'], partitions: 10, replicationFactor: 3 });

/** A broker on Kafka whose owner accepts that undeliverable events are lost, unless the test says otherwise. */
export function kafkaBroker(chart: Chart, props: Partial<EventBrokerProps> = {}): EventBroker {
  return new EventBroker(chart, 'orders', { brokerClass: KAFKA, delivery: { deadLetters: DeadLetters.none() }, ...props });
}

/** What the rules of this room say about an app, those with a code where one is named. */
export function findings(scope: IConstruct, code?: string): Problem[] {
  const model = ManifestModel.of(scope.node.root);
  return EVENTING_RULES.filter(rule => code === undefined || rule.code === code).flatMap(rule => {
    const context = new RuleContext(rule, model);
    rule.check(context);
    return context.problems;
  });
}

/** What constructs and rules say about one property or field. */
export function reportsOn(scope: IConstruct, field: string): Problem[] {
  return problemsOf(scope.node.root).filter(problem => problem.field === field);
}

/** Every declared delivery, as caller, target and what is let in. */
export function deliveries(scope: IConstruct) {
  return Intents.of(scope).edges.all.map(edge => ({
    from: edge.caller.meshIdentity.namespace, to: edge.target.workloadName, ...edge.options, delivery: edge.delivery,
  }));
}

/** An object as a user writes it by hand. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function raw(scope: Construct, apiVersion: string, kind: string, name: string, fields: any = {}): ApiObject {
  const { metadata, ...rest } = fields;
  return new ApiObject(scope, `${kind}-${name}`, { apiVersion, kind, metadata: { name, ...metadata }, ...rest });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function rawBroker(scope: Construct, name: string, brokerClass: string | undefined, spec: any = {}): ApiObject {
  return raw(scope, 'eventing.knative.dev/v1', 'Broker', name, {
    metadata: brokerClass === undefined ? {} : { annotations: { 'eventing.knative.dev/broker.class': brokerClass } },
    spec,
  });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function rawTrigger(scope: Construct, name: string, spec: any = {}, metadata: any = {}): ApiObject {
  return raw(scope, 'eventing.knative.dev/v1', 'Trigger', name, {
    metadata,
    spec: { broker: 'orders', subscriber: { uri: 'https://example.com/' }, ...spec },
  });
}

/** What plain JavaScript passes where TypeScript asks for a duration. */
export function untyped(value: unknown): Duration {
  return value as Duration;
}
