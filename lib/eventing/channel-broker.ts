import { BackedBroker, BrokerConfiguration, BrokerTraits, ConfigReference, configMapReference } from './broker-backend';
import { ChannelTemplate } from './channel-template';
import { BROKER_CLASSES, CHANNEL_TEMPLATE_KEY } from '../core/eventing/names';
import { ProblemReport } from '../core/problem';
import { resource } from '../core/resource';

/** A broker whose events pass through a channel. */
export interface ChannelBrokerOptions {
  /** The kind of channel, which decides whether events survive a restart. */
  readonly template: ChannelTemplate;
}

export const CHANNEL_BROKER: BrokerTraits = {
  className: BROKER_CLASSES.channel,
  ingressService: 'broker-ingress',
  ordersByPartition: false,
  keepsBrokerDeadLetters: true,
};

export class ChannelBrokerConfig implements BrokerConfiguration {
  constructor(private readonly options: ChannelBrokerOptions) {}

  public configure({ scope, name, namespace }: BackedBroker): ConfigReference {
    const configName = `${name}-channel`;
    resource(scope, 'Config', {
      gvk: { apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: configName },
      fields: { data: () => ({ [CHANNEL_TEMPLATE_KEY]: this.options.template._render() }) },
    });
    return configMapReference(configName, namespace);
  }

  public problems(): ProblemReport[] {
    return this.options.template._problems();
  }
}
