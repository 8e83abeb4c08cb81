import { App, Chart } from 'cdk8s';
import { ContainerService, MeshPolicy } from '../../../lib';
import { Json, Table } from '../table';

const fields = {
  'spec.mtls.mode': 'MutualTlsProps.mode; MeshPolicyProps.mtls',
  'spec.portLevelMtls{}.mode': 'MutualTlsProps.ports, MutualTls.addPort; MeshPolicy.exemptPort: PERMISSIVE',
  'spec.selector.matchLabels{}': 'MutualTlsProps.target; MeshPolicy.exemptPort: workload',
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const orders = new ContainerService(chart, 'orders', { image: 'registry.example.com/orders:1.0.0' });
  new MeshPolicy(chart, 'policy').exemptPort(orders, 9090);
  return chart.toJson();
}

export const table: Table = { page: 'mesh-coverage', group: 'security.istio.io', kind: 'PeerAuthentication', fields, sample };
