import { ServerlessServiceProps } from '../../lib';
import { Json } from '../support';

/** Where the construct has a field of the Service's CRD. */
export interface FieldHome {
  /** The property that writes it. */
  readonly property?: keyof ServerlessServiceProps;
  /** How it is written with the property, or why no property has it. */
  readonly how: string;
}

const TEMPLATE = 'spec.template';
const POD = `${TEMPLATE}.spec`;
const CONTAINER = `${POD}.containers[]`;
const VOLUME = `${POD}.volumes[]`;
const PROJECTED = `${VOLUME}.projected.sources[]`;
const SECURITY = `${CONTAINER}.securityContext`;

const home = (property: keyof ServerlessServiceProps, how: string = `\`${property}\``): FieldHome => ({ property, how });
const none = (how: string): FieldHome => ({ how });
const at = (prefix: string, fields: { [field: string]: FieldHome }): [string, FieldHome][] =>
  Object.entries(fields).map(([field, where]) => [`${prefix}.${field}`, where]);

function probe(name: string, property: 'readiness' | 'liveness' | 'startup'): [string, FieldHome][] {
  const by = (factory: string, option?: string) => home(property, `\`${property}: HealthCheck.${factory}\`${option ? `, \`${option}\`` : ''}`);
  return at(`${CONTAINER}.${name}`, {
    'exec.command[]': by('command(…)'),
    'grpc.port': by('grpc()', 'port'),
    'grpc.service': by('grpc()', 'service'),
    'httpGet.host': by('http(…)', 'host'),
    'httpGet.httpHeaders[].name': by('http(…)', 'headers'),
    'httpGet.httpHeaders[].value': by('http(…)', 'headers'),
    'httpGet.path': by('http(path)'),
    'httpGet.port': by('http(…)', 'port'),
    'httpGet.scheme': by('http(…)', 'scheme'),
    'tcpSocket.host': by('tcp()', 'host'),
    'tcpSocket.port': by('tcp()', 'port'),
    'failureThreshold': by('…', 'failureThreshold'),
    'initialDelaySeconds': by('…', 'initialDelay'),
    'periodSeconds': by('…', 'period'),
    'successThreshold': by('…', 'successThreshold'),
    'timeoutSeconds': by('…', 'timeout'),
  });
}

function keyed(prefix: string, factory: string): [string, FieldHome][] {
  return at(prefix, {
    'items[].key': home('mounts', `\`${factory}\`, \`items\``),
    'items[].mode': home('mounts', `\`${factory}\`, \`items\``),
    'items[].path': home('mounts', `\`${factory}\`, \`items\``),
    'optional': home('mounts', `\`${factory}\`, \`optional\``),
  });
}

const volume = (factory: string, option?: string) => home('mounts', `\`PodVolume.${factory}\`${option ? `, \`${option}\`` : ''}`);
const DOWNWARD = '`ProjectedSource.downwardApi(DownwardFile.field(…))`';
const DOWNWARD_RESOURCE = '`ProjectedSource.downwardApi(DownwardFile.resource(…))`';

/** Every field below `spec`, and where the construct has it. */
export const FIELDS: ReadonlyMap<string, FieldHome> = new Map<string, FieldHome>([
  ...at(`${TEMPLATE}.metadata`, {
    'annotations{}': home('templateAnnotations', '`templateAnnotations`, `autoscaling`, `queueProxyResources`, `meshProxyResources`'),
    'labels{}': home('templateLabels'),
    'finalizers[]': none('of the controllers; a patch of `apiObject` sets it'),
    'name': home('revision', '`revision: Revision.named(…)`, `Revision.hashed()`'),
    'namespace': none('the namespace of the chart'),
  }),
  ...at(POD, {
    'affinity': home('affinity'),
    'automountServiceAccountToken': home('automountServiceAccountToken', '`automountServiceAccountToken` with a given `serviceAccount`; otherwise on the account'),
    'containerConcurrency': home('containerConcurrency'),
    'dnsConfig': home('dns', '`dns.nameservers`, `dns.searches`, `dns.options`'),
    'dnsPolicy': home('dns', '`dns.policy`'),
    'enableServiceLinks': home('enableServiceLinks'),
    'hostAliases[]': home('hostAliases'),
    'hostIPC': home('hostIpc'),
    'hostNetwork': home('hostNetwork'),
    'hostPID': home('hostPid'),
    'idleTimeoutSeconds': home('idleTimeout'),
    'imagePullSecrets[].name': home('imagePullSecrets'),
    'initContainers[]': home('initContainers'),
    'nodeSelector{}': home('nodeSelector'),
    'priorityClassName': home('priorityClass'),
    'responseStartTimeoutSeconds': home('responseStartTimeout'),
    'runtimeClassName': home('runtimeClass'),
    'schedulerName': home('scheduler'),
    'securityContext': home('podSecurityContext'),
    'serviceAccountName': home('serviceAccount', '`serviceAccount`; an account of its own where none is given'),
    'shareProcessNamespace': home('shareProcessNamespace'),
    'timeoutSeconds': home('timeout'),
    'tolerations[]': home('tolerations'),
    'topologySpreadConstraints[]': home('topologySpread'),
  }),
  ...at(CONTAINER, {
    'args[]': home('args'),
    'command[]': home('command'),
    'env[].name': home('env'),
    'env[].value': home('env', '`env: EnvValue.fromValue(…)`'),
    'env[].valueFrom.configMapKeyRef.key': home('env', '`env: EnvValue.fromConfigMap(…)`, `bind()`'),
    'env[].valueFrom.configMapKeyRef.name': home('env', '`env: EnvValue.fromConfigMap(…)`, `bind()`'),
    'env[].valueFrom.configMapKeyRef.optional': home('env', '`env: EnvValue.fromConfigMap(…)`'),
    'env[].valueFrom.secretKeyRef.key': home('env', '`env: EnvValue.fromSecretValue(…)`, `bind()`'),
    'env[].valueFrom.secretKeyRef.name': home('env', '`env: EnvValue.fromSecretValue(…)`, `bind()`'),
    'env[].valueFrom.secretKeyRef.optional': home('env', '`env: EnvValue.fromSecretValue(…)`'),
    'env[].valueFrom.fieldRef': home('env', '`env: EnvValue.fromFieldRef(…)`'),
    'env[].valueFrom.resourceFieldRef': home('env', '`env: EnvValue.fromResource(…)`'),
    'envFrom[].configMapRef.name': home('envFrom', '`envFrom: EnvironmentSource.configMap(…)`, `bind()`'),
    'envFrom[].configMapRef.optional': home('envFrom', '`envFrom: EnvironmentSource.configMap(…)`'),
    'envFrom[].prefix': home('envFrom', '`envFrom`, `prefix`'),
    'envFrom[].secretRef.name': home('envFrom', '`envFrom: EnvironmentSource.secret(…)`, `bind()`'),
    'envFrom[].secretRef.optional': home('envFrom', '`envFrom: EnvironmentSource.secret(…)`'),
    'image': home('image'),
    'imagePullPolicy': home('imagePullPolicy'),
    'name': home('sidecars', '`sidecars`, `initContainers`; that of the service gets its name from Knative (`user-container`)'),
    'ports[].containerPort': home('port', '`port: ServicePort.http1(…)`'),
    'ports[].name': home('port', '`port: ServicePort.h2c(…)`'),
    'ports[].protocol': none('TCP is the only one that Knative takes (SM0109)'),
    'resources.limits{}': home('resources', '`resources`, `devices`'),
    'resources.requests{}': home('resources'),
    'terminationMessagePath': home('terminationMessagePath'),
    'terminationMessagePolicy': home('terminationMessagePolicy'),
    'volumeMounts[].mountPath': home('mounts', '`mounts`, `path`'),
    'volumeMounts[].mountPropagation': home('mounts', '`mounts`, `propagation`'),
    'volumeMounts[].name': home('mounts', '`mounts`, `volume`'),
    'volumeMounts[].readOnly': home('mounts', '`mounts`, `readOnly`'),
    'volumeMounts[].subPath': home('mounts', '`mounts`, `subPath`'),
    'workingDir': home('workingDirectory'),
  }),
  ...probe('readinessProbe', 'readiness'),
  ...probe('livenessProbe', 'liveness'),
  ...probe('startupProbe', 'startup'),
  ...at(SECURITY, {
    'allowPrivilegeEscalation': home('securityContext', '`securityContext.allowPrivilegeEscalation`'),
    'capabilities.add[]': home('securityContext', '`securityContext.addCapabilities`'),
    'capabilities.drop[]': home('securityContext', '`securityContext.keepDefaultCapabilities`'),
    'privileged': none('Knative takes only `false`, which is the default (SM0128)'),
    'readOnlyRootFilesystem': home('securityContext', '`securityContext.allowWritableRootFilesystem`'),
    'runAsGroup': home('securityContext', '`securityContext.group`'),
    'runAsNonRoot': home('securityContext', '`securityContext.allowRoot`'),
    'runAsUser': home('securityContext', '`securityContext.user`'),
    'seccompProfile.localhostProfile': none('`podSecurityContext.localSeccompProfile` for the pod; for one container a patch of `apiObject`'),
    'seccompProfile.type': home('securityContext', '`securityContext.allowAllSystemCalls`'),
  }),
  ...at(VOLUME, {
    'name': volume('…', 'name'),
    'configMap.defaultMode': volume('configMap(…)', 'defaultMode'),
    'configMap.name': volume('configMap(…)'),
    'secret.defaultMode': volume('secret(…)', 'defaultMode'),
    'secret.secretName': volume('secret(…)'),
    'projected.defaultMode': volume('projected(…)', 'defaultMode'),
    'csi': volume('csi(…)'),
    'emptyDir': volume('emptyDir(…)'),
    'ephemeral': volume('ephemeral(…)'),
    'hostPath': volume('hostPath(…)'),
    'image': volume('image(…)'),
    'persistentVolumeClaim': volume('persistentVolumeClaim(…)'),
  }),
  ...keyed(`${VOLUME}.configMap`, 'PodVolume.configMap(…)'),
  ...keyed(`${VOLUME}.secret`, 'PodVolume.secret(…)'),
  ...keyed(`${PROJECTED}.configMap`, 'ProjectedSource.configMap(…)'),
  ...keyed(`${PROJECTED}.secret`, 'ProjectedSource.secret(…)'),
  ...at(PROJECTED, {
    'configMap.name': home('mounts', '`ProjectedSource.configMap(…)`'),
    'secret.name': home('mounts', '`ProjectedSource.secret(…)`'),
    'serviceAccountToken.audience': home('mounts', '`ProjectedSource.serviceAccountToken(…)`, `audience`'),
    'serviceAccountToken.expirationSeconds': home('mounts', '`ProjectedSource.serviceAccountToken(…)`, `expiration`'),
    'serviceAccountToken.path': home('mounts', '`ProjectedSource.serviceAccountToken(path)`'),
    'downwardAPI.items[].fieldRef.apiVersion': none('v1, the only one there is'),
    'downwardAPI.items[].fieldRef.fieldPath': home('mounts', DOWNWARD),
    'downwardAPI.items[].mode': home('mounts', `${DOWNWARD}, \`mode\``),
    'downwardAPI.items[].path': home('mounts', DOWNWARD),
    'downwardAPI.items[].resourceFieldRef.containerName': home('mounts', `${DOWNWARD_RESOURCE}, \`container\``),
    'downwardAPI.items[].resourceFieldRef.divisor': home('mounts', `${DOWNWARD_RESOURCE}, \`divisor\``),
    'downwardAPI.items[].resourceFieldRef.resource': home('mounts', DOWNWARD_RESOURCE),
  }),
  ...at('spec.traffic[]', {
    configurationName: none('of a Route alone; a Service routes to its own revisions (SM0139)'),
    latestRevision: home('traffic', '`traffic: Traffic.latest()` and the others, `Revision.latest()`'),
    percent: home('traffic', '`traffic: Traffic.split(…)`, `canary(…)`'),
    revisionName: home('traffic', '`traffic: Traffic.pinned(…)` and the others, `Revision.existing(…)`'),
    tag: home('traffic', '`traffic: Traffic.split(…)` and the others, `tag`'),
    url: none('of the status alone (SM0139)'),
  }),
]);

/** The fields that a schema has below a path; what it leaves open ends there. */
export function fieldsOfSchema(schema: Json, definitions: Json, path: string): string[] {
  if (schema.$ref) return fieldsOfSchema(definitions[schema.$ref.split('/').pop()], definitions, path);
  if (schema.properties) return Object.keys(schema.properties).flatMap(name => fieldsOfSchema(schema.properties[name], definitions, path ? `${path}.${name}` : name));
  if (schema.items) return fieldsOfSchema(schema.items, definitions, `${path}[]`);
  return [typeof schema.additionalProperties === 'object' ? `${path}{}` : path];
}

/** Everything that stands at a path, over all entries of its lists. */
export function valuesAt(value: Json, path: string): Json[] {
  return path.split('.').reduce<Json[]>((found, part) => {
    const [, name, rest] = /^([^[{]*)(.*)$/.exec(part)!;
    const next = found.map(entry => entry?.[name]).filter(entry => entry !== undefined);
    return rest === '[]' ? next.flat() : next;
  }, [value]);
}

/** The table of docs/serverless.md. */
export function fieldTable(): string {
  return ['| field of the Service | where the construct has it |', '| --- | --- |',
    ...[...FIELDS].map(([field, { how }]) => `| \`${field}\` | ${how} |`)].join('\n');
}
