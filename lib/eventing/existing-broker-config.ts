import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { BackedBroker, BrokerConfiguration, ConfigReference, configMapReference } from './broker-backend';
import { ProblemReport } from '../core/problem';

/** Where a ConfigMap is that the broker does not create. */
export interface ExistingBrokerConfigOptions {
  /**
   * Namespace of the ConfigMap and, on Kafka, of the Secret that it names.
   * @default - that of the ConfigMap where the app creates it, else that of the broker
   */
  readonly namespace?: string;
}

export class ExistingBrokerConfig implements BrokerConfiguration {
  constructor(private readonly configMap: kplus.IConfigMap, private readonly options: ExistingBrokerConfigOptions) {}

  public configure(broker: BackedBroker): ConfigReference {
    return configMapReference(this.configMap.name, this.options.namespace ?? this.createdIn() ?? broker.namespace);
  }

  public problems(): ProblemReport[] {
    return [];
  }

  private createdIn(): string | undefined {
    const child = this.configMap.node.defaultChild;
    return child && ApiObject.isApiObject(child) ? (child as ApiObject).metadata.namespace : undefined;
  }
}
