import { Chart } from 'cdk8s';
import { ClusterProfile, ServerlessService, ServerlessServiceProps, ServingFeature } from '../../lib';
import { Json, manifest, shopChart } from '../support';

export const IMAGE = 'registry.example.com/shop/checkout:1.4.2';

/** A chart of a cluster in which some feature flags are on. */
export function chartWith(...features: ServingFeature[]): Chart {
  const chart = shopChart();
  new ClusterProfile({ servingFeatures: features.map(feature => feature.enabled()) }).applyTo(chart);
  return chart;
}

export function checkout(props: Partial<ServerlessServiceProps> = {}, chart: Chart = shopChart()): ServerlessService {
  return new ServerlessService(chart, 'checkout', { image: IMAGE, ...props });
}

/** What a pod of the service is made from. */
export function podSpec(service: ServerlessService): Json {
  return manifest(service, 'Service').spec.template.spec;
}

/** The container that takes the requests. */
export function container(service: ServerlessService): Json {
  return podSpec(service).containers[0];
}
