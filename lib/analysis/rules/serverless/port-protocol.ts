import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { entriesOf, fieldsOf, isSet } from './reading';
import { ContainerRole, containersOf } from './templates';

export const portProtocol = onTemplates({
  code: 'SM0109',
  title: 'a port that is not TCP',
  explanation: 'Knative serves HTTP only (knative/serving pkg/apis/serving/k8s_validation.go, validateContainerPorts).',
  peers: REFUSED_BY_KNATIVE,
  findings: template => containersOf(template).filter(({ role }) => role !== ContainerRole.INIT)
    .flatMap(({ container, field }) => entriesOf(container.ports)
      .map((port, i) => ({ protocol: fieldsOf(port).protocol, i }))
      .filter(({ protocol }) => isSet(protocol) && protocol !== 'TCP')
      .map(({ protocol, i }) => ({
        field: `${field}.ports[${i}].protocol`,
        value: protocol,
        reason: 'Knative serves HTTP, which runs over TCP',
        fix: 'leave the protocol out; what does not speak HTTP needs a Deployment of its own',
      }))),
});
