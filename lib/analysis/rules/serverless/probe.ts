import { MAX_INT32 } from './go-values';
import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf, Template, TemplateContainer } from './templates';
import { ClusterProfile } from '../../../core/cluster-profile';
import { FeatureState } from '../../../core/feature-state';
import { ServingFeature } from '../../../core/serving-feature';
import { Finding } from '../../rule';
import { Fields, fieldsOf, isGiven, isSet, listOf, stringOf } from '../../values';

const HANDLERS = ['httpGet', 'tcpSocket', 'exec', 'grpc'];
const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];

export const probe = onTemplates({
  code: 'SM0130',
  title: 'a probe that Knative cannot run',
  explanation: 'Probes of the container that serves go to its one port; a readiness probe without a period runs several times a second, and then has '
    + 'neither timeout nor failure threshold (knative/serving pkg/apis/serving/k8s_validation.go, validateProbe, validateReadinessProbe; '
    + 'pkg/apis/serving/v1/revision_defaults.go).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          readinessProbe:
            httpGet: { path: /ready }
            failureThreshold: 5
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          readinessProbe:
            httpGet: { path: /ready }
            periodSeconds: 10
            failureThreshold: 5
`,
  },
  findings: (template, context) => {
    const profile = context.profile(template.object);
    const serving = servingPortName(template);
    return containersOf(template).flatMap(entry => PROBES.filter(name => isGiven(entry.container[name]))
      .flatMap(name => probeFindings(name, entry, serving, profile)));
  },
});

function servingPortName(template: Template): string {
  const ports = containersOf(template).filter(({ role }) => role === ContainerRole.SERVING).flatMap(({ container }) => listOf(container.ports));
  return stringOf(fieldsOf(ports[0]).name) || 'http';
}

function probeFindings(name: string, { container, field, role }: TemplateContainer, serving: string, profile: ClusterProfile): Finding[] {
  const fields = fieldsOf(container[name]);
  const at = `${field}.${name}`;
  if (role === ContainerRole.INIT) {
    return [{ field: at, reason: 'a container that ends before the others start has nothing to probe', fix: 'drop the probe' }];
  }
  // without the flag the probe as such is refused, by the rule on flags
  if (role === ContainerRole.SIDECAR && profile.servingFeature(ServingFeature.MULTI_CONTAINER_PROBING) !== FeatureState.ENABLED) return [];
  return [
    ...handlerFindings(fields, at, name === 'readinessProbe' && role === ContainerRole.SERVING),
    ...['httpGet', 'tcpSocket'].filter(handler => isGiven(fields[handler]))
      .flatMap(handler => portFindings(fieldsOf(fields[handler]).port, `${at}.${handler}.port`, role, serving)),
    ...name === 'readinessProbe' ? rhythmFindings(fields, at) : [],
  ];
}

function handlerFindings(fields: Fields, at: string, defaulted: boolean): Finding[] {
  const handlers = HANDLERS.filter(handler => isGiven(fields[handler]));
  if (handlers.length === 1 || (handlers.length === 0 && defaulted)) return [];
  return [{
    field: at,
    value: handlers.length > 0 ? handlers : undefined,
    reason: handlers.length === 0 ? 'the probe does not say what to ask' : 'a probe asks one thing',
    fix: `name one of ${HANDLERS.join(', ')}`,
  }];
}

function portFindings(port: unknown, field: string, role: ContainerRole, serving: string): Finding[] {
  if (role === ContainerRole.SIDECAR) {
    return isSet(port) ? [] : [{ field, value: port, reason: 'the container does not serve, so no port is assumed', fix: 'name the port to ask' }];
  }
  return typeof port !== 'string' || port === '' || port === serving ? [] : [{
    field,
    value: port,
    reason: `the container has one port, which is called ${serving}`,
    fix: 'leave the port of the probe out: the port of the service is asked',
  }];
}

function rhythmFindings(fields: Fields, at: string): Finding[] {
  const findings: Finding[] = [];
  const report = (name: string, reason: string, fix: string) => findings.push({ field: `${at}.${name}`, value: fields[name], reason, fix });
  const least = (name: string, bound: number) => {
    const value = fields[name];
    if (!isSet(value)) return;
    if (!Number.isInteger(value) || (value as number) < bound || (value as number) > MAX_INT32) {
      report(name, `${name} is a whole number of at least ${bound}`, 'write a whole number, or leave it out');
    }
  };
  least('periodSeconds', 0);
  least('initialDelaySeconds', 0);
  least('successThreshold', 1);
  if (isSet(fields.periodSeconds)) {
    least('timeoutSeconds', 1);
    least('failureThreshold', 1);
    return findings;
  }
  for (const name of ['timeoutSeconds', 'failureThreshold'].filter(candidate => isSet(fields[candidate]))) {
    report(name, 'a probe without a period runs in Knative\'s own rhythm, which has its own patience', 'set periodSeconds too, or drop it');
  }
  return findings;
}
