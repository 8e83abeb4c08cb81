import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { membershipAnnotations, membershipLabels } from './membership-labels';
import { platformProblems } from './platform-problems';
import {
  KnativeEventing, KnativeEventingSpec, KnativeServing, KnativeServingSpec, KnativeServingSpecNamespace, toJson_KnativeEventingSpec, toJson_KnativeServingSpec,
} from '../../imports/operator.knative.dev';
import { ClusterProfile } from '../core/cluster-profile';
import { IngressClass } from '../core/gateway-reference';
import { Intents } from '../core/intents';
import { KnativeMetrics } from '../core/knative-metrics';
import { MeshMembership } from '../core/mesh-mode';
import { eventingConfig, KnativeConfig, servingConfig } from '../core/platform-settings';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';

/** What of Knative the operator installs, beyond what the cluster profile says. */
export interface ServerlessPlatformProps {
  /**
   * Whether Knative Serving is installed.
   * @default true
   */
  readonly serving?: boolean;

  /**
   * Whether Knative Eventing is installed.
   * @default true
   */
  readonly eventing?: boolean;

  /**
   * Copies of each controller and webhook.
   * @default - 1 each
   */
  readonly replicas?: number;

  /**
   * Where metrics are pushed to, an URL of OTLP over HTTP. Needed where the profile says `KnativeMetrics.OTLP_PUSH`.
   * @default - metrics are scraped, or not shown at all
   */
  readonly metricsEndpoint?: string;

  /**
   * Whether Knative's source for Apache Kafka is installed.
   * @default false
   */
  readonly kafkaSource?: boolean;

  /**
   * Class of brokers that name none, as in `MTChannelBasedBroker` or `Kafka`.
   * @default - MTChannelBasedBroker, as Knative has it
   */
  readonly defaultBrokerClass?: string;

  /**
   * Further lines of Knative Serving's ConfigMaps, by the name of the ConfigMap without `config-`. Lines that the cluster profile decides are refused.
   * @default - none
   */
  readonly servingConfig?: { [name: string]: { [key: string]: string } };

  /**
   * Further lines of Knative Eventing's ConfigMaps, by the name of the ConfigMap without `config-`. Lines that the cluster profile decides are refused.
   * @default - none
   */
  readonly eventingConfig?: { [name: string]: { [key: string]: string } };
}

const OFF = { enabled: false };

/**
 * Knative as its operator installs it, with the settings that the cluster profile promises: versions, feature flags, bounds, networking layer, gateways, metrics,
 * and whether its own pods are in the mesh. An app that is written for the profile finds what it relies on.
 *
 * @see https://knative.dev/docs/install/operator/configuring-with-operator/
 */
export class ServerlessPlatform extends Construct {
  /** The KnativeServing, as an escape hatch; undefined where Serving is not installed. */
  public readonly servingObject?: ApiObject;
  /** The KnativeEventing, as an escape hatch; undefined where Eventing is not installed. */
  public readonly eventingObject?: ApiObject;

  private readonly props: ServerlessPlatformProps;

  constructor(scope: Construct, id: string, props: ServerlessPlatformProps = {}) {
    super(scope, id);
    Intents.of(this);
    this.props = props;
    const profile = ClusterProfile.of(this);
    if (props.serving ?? true) {
      this.servingObject = resource(this, 'Serving', {
        gvk: KnativeServing.GVK,
        metadata: { name: 'knative-serving', namespace: profile.knativeServingNamespace },
        fields: { spec: () => toJson_KnativeServingSpec(this.serving(ClusterProfile.of(this))) },
      });
    }
    if (props.eventing ?? true) {
      this.eventingObject = resource(this, 'Eventing', {
        gvk: KnativeEventing.GVK,
        metadata: { name: 'knative-eventing', namespace: profile.knativeEventingNamespace },
        fields: { spec: () => toJson_KnativeEventingSpec(this.eventing(ClusterProfile.of(this))) },
      });
    }
    reportProblems(this, () => platformProblems(props, ClusterProfile.of(this)));
  }

  private serving(profile: ClusterProfile): KnativeServingSpec {
    return {
      version: profile.knativeServing,
      namespace: membershipOf(profile.knativeServingInMesh, profile),
      ingress: {
        istio: { enabled: profile.ingressClass === IngressClass.ISTIO },
        kourier: { enabled: profile.ingressClass === IngressClass.KOURIER },
        contour: { enabled: profile.ingressClass === IngressClass.CONTOUR },
        gatewayApi: { enabled: profile.ingressClass === IngressClass.GATEWAY_API },
      },
      ...this.copies(),
      config: merged(servingConfig(profile), this.endpoints(profile), this.props.servingConfig ?? {}),
    };
  }

  private eventing(profile: ClusterProfile): KnativeEventingSpec {
    const { kafkaSource, defaultBrokerClass } = this.props;
    return {
      version: profile.knativeEventing,
      namespace: membershipOf(profile.knativeEventingInMesh, profile),
      ...kafkaSource ? { source: { ceph: OFF, github: OFF, gitlab: OFF, kafka: { enabled: true }, rabbitmq: OFF, redis: OFF } } : {},
      ...defaultBrokerClass === undefined ? {} : { defaultBrokerClass },
      ...this.copies(),
      config: merged(eventingConfig(profile), this.props.eventingConfig ?? {}),
    };
  }

  private copies() {
    return this.props.replicas === undefined ? {} : { highAvailability: { replicas: this.props.replicas } };
  }

  private endpoints({ monitoring }: ClusterProfile): KnativeConfig {
    const { metricsEndpoint } = this.props;
    if (metricsEndpoint === undefined) return {};
    return {
      observability: {
        ...monitoring.knativeMetrics === KnativeMetrics.OTLP_PUSH ? { 'request-metrics-endpoint': metricsEndpoint } : {},
        ...monitoring.knativeSystemMetrics === KnativeMetrics.OTLP_PUSH ? { 'metrics-endpoint': metricsEndpoint } : {},
      },
    };
  }
}

function membershipOf(inMesh: boolean, profile: ClusterProfile): KnativeServingSpecNamespace {
  const membership = inMesh ? profile.defaultMembership : MeshMembership.OUTSIDE;
  const annotations = membershipAnnotations(membership, profile.mesh);
  return { labels: membershipLabels(membership, profile.mesh), ...Object.keys(annotations).length > 0 ? { annotations } : {} };
}

function merged(...configs: KnativeConfig[]): { [name: string]: { [key: string]: string } } {
  const names = [...new Set(configs.flatMap(config => Object.keys(config)))];
  return Object.fromEntries(names.map(name => [name, Object.assign({}, ...[...configs].reverse().map(config => config[name]))]));
}
