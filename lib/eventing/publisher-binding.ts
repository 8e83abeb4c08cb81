import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { destinationOf } from './destination';
import { SinkBinding, toJson_SinkBindingSpec } from '../../imports/sources.knative.dev';
import { IEventSink } from '../core/event-sink';
import { Intents } from '../core/intents';
import { isDns1035Label } from '../core/names';
import { ProblemReport, reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { isVersionedWorkload } from '../core/route-target';
import { IWorkload, WorkloadKind } from '../core/workload';

interface SubjectKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The objects whose pod template Knative writes the address into. */
const SUBJECTS: { readonly [kind: string]: SubjectKind | undefined } = {
  [WorkloadKind.KNATIVE_SERVICE]: { apiVersion: 'serving.knative.dev/v1', kind: 'Service' },
  [WorkloadKind.DEPLOYMENT]: { apiVersion: 'apps/v1', kind: 'Deployment' },
};

/** A workload that knows a broker's address: a SinkBinding, which sets `K_SINK` in its containers. Made by `EventBroker.grantPublish`. */
export class PublisherBinding extends Construct {
  /** @internal */
  public static _of(scope: Construct, id: string, publisher: IWorkload, brokerName: string, sink: IEventSink): PublisherBinding {
    return new PublisherBinding(scope, id, publisher, brokerName, sink);
  }

  /** Name of the SinkBinding: `<publisher>-to-<broker>`. */
  public readonly bindingName: string;

  private readonly binding?: ApiObject;

  private constructor(scope: Construct, id: string, private readonly publisher: IWorkload, brokerName: string, sink: IEventSink) {
    super(scope, id);
    this.bindingName = `${publisher.workloadName}-to-${brokerName}`;
    Intents.of(this);
    reportProblems(this, () => this.problems());
    const subject = SUBJECTS[publisher.workloadKind];
    if (!subject) return;
    this.binding = resource(this, 'Resource', {
      gvk: SinkBinding.GVK,
      // A SinkBinding changes objects of its own namespace alone.
      metadata: { name: this.bindingName, namespace: publisher.workloadNamespace },
      fields: {
        spec: () => toJson_SinkBindingSpec({
          subject: { ...subject, ...chosen(publisher), namespace: publisher.workloadNamespace },
          sink: destinationOf(sink),
        }),
      },
    });
  }

  /** The SinkBinding; undefined for a workload that cannot be bound, which is a problem. */
  public get apiObject(): ApiObject | undefined {
    return this.binding;
  }

  private problems(): ProblemReport[] {
    return [
      ...this.binding ? [] : [{
        code: 'SM0345',
        field: 'publisher',
        value: this.publisher.workloadName,
        reason: 'a SinkBinding changes the pod template of a Knative Service or a Deployment, and this workload is neither',
        fix: 'set the environment variable K_SINK of its containers to broker.ingressUrl',
      }],
      ...isDns1035Label(this.bindingName) ? [] : [{
        code: 'SM0346',
        field: 'metadata.name',
        value: this.bindingName,
        reason: 'the name of the SinkBinding is made of the publisher\'s and the broker\'s, and is no DNS label of at most 63 characters',
        fix: 'shorten one of the two names',
      }],
    ];
  }
}

/** How the objects are found: by name, or, where each version of the workload is one, by the labels that all of them carry. */
function chosen(publisher: IWorkload): { readonly name: string } | { readonly selector: { readonly matchLabels: { [key: string]: string } } } {
  return isVersionedWorkload(publisher) ? { selector: { matchLabels: publisher.podSelector } } : { name: publisher.workloadName };
}
