import { App, Chart } from 'cdk8s';
import { ExternalService, ExternalServicePort } from '../../../lib';
import { Json, Table } from '../table';

const fields = {
  'spec.addresses[]': 'ExternalServiceProps.addresses',
  'spec.endpoints[].address': 'ExternalEndpoint.address',
  'spec.endpoints[].labels{}': 'ExternalEndpoint.labels',
  'spec.endpoints[].locality': 'ExternalEndpoint.locality',
  'spec.endpoints[].network': 'ExternalEndpoint.network',
  'spec.endpoints[].ports{}': 'ExternalEndpoint.ports',
  'spec.endpoints[].serviceAccount': 'ExternalEndpoint.serviceAccount',
  'spec.endpoints[].weight': 'ExternalEndpoint.weight',
  'spec.exportTo[]': 'ExternalServiceProps.exportTo',
  'spec.hosts[]': 'ExternalServiceProps.hosts',
  'spec.location': 'ExternalServiceProps.insideMesh',
  'spec.ports[].name': 'ExternalServicePort.name',
  'spec.ports[].number': 'the factories of ExternalServicePort',
  'spec.ports[].protocol': 'the factories of ExternalServicePort',
  'spec.ports[].targetPort': 'ExternalServicePort.originatingTls: targetPort',
  'spec.resolution': 'ExternalServiceProps.resolution',
  'spec.subjectAltNames[]': 'ExternalServiceProps.subjectAltNames',
  'spec.workloadSelector.labels{}': 'ExternalServiceProps.podSelector',
};

function sample(): Json[] {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const ports = [ExternalServicePort.originatingTls()];
  const endpoint = { address: '10.0.0.7', labels: { version: 'v1' }, locality: 'a/b', network: 'n', ports: { [ports[0].name]: 8443 }, serviceAccount: 'legacy', weight: 2 };
  return [
    new ExternalService(chart, 'bank', { hosts: ['bank.example'], ports, endpoints: [endpoint], addresses: ['240.0.0.7'], subjectAltNames: ['bank.example'], exportTo: ['.'] }),
    new ExternalService(chart, 'legacy', { hosts: ['legacy.example'], podSelector: { app: 'legacy' }, insideMesh: true }),
  ].map(service => service.apiObject.toJson());
}

export const table: Table = { page: 'mesh-coverage', group: 'networking.istio.io', kind: 'ServiceEntry', fields, sample };
