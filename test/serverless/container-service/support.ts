import { Chart } from 'cdk8s';
import { ClusterProfile, ContainerService, ContainerServiceProps } from '../../../lib';
import { Json, manifest, shopChart } from '../../support';

/** The service that most tests are about. */
export function orders(props: Partial<ContainerServiceProps> = {}, profile = ClusterProfile.sidecar(), chart: Chart = shopChart()): ContainerService {
  profile.applyTo(chart);
  return new ContainerService(chart, 'orders', { image: 'registry.example.com/shop/orders:2.0.0', ...props });
}

export function deployment(service: ContainerService, name = 'orders'): Json {
  return manifest(service, 'Deployment', name);
}

export function podSpec(service: ContainerService): Json {
  return deployment(service).spec.template.spec;
}

export function container(service: ContainerService): Json {
  return podSpec(service).containers[0];
}
