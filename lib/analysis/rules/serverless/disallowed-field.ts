import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { containersOf, Template } from './templates';
import { Finding } from '../../rule';
import { Fields, fieldsOf, isGiven, isSet, listOf } from '../../values';

/** Fields of Kubernetes that Knative masks out, with the reason. `pointer` marks those whose mere presence counts. */
interface Mask {
  readonly [field: string]: { readonly why: string; readonly pointer?: boolean };
}

const MANAGES = 'Knative sets it itself';
const ELSEWHERE = 'Knative has no such setting for a service';

const POD: Mask = {
  restartPolicy: { why: MANAGES },
  terminationGracePeriodSeconds: { why: 'the pod has as long as timeoutSeconds to finish', pointer: true },
  activeDeadlineSeconds: { why: 'a service has no end', pointer: true },
  nodeName: { why: 'where pods run is up to the scheduler' },
  hostname: { why: ELSEWHERE },
  subdomain: { why: ELSEWHERE },
  priority: { why: 'name a class with priorityClassName, which needs a feature flag', pointer: true },
  preemptionPolicy: { why: ELSEWHERE, pointer: true },
  readinessGates: { why: 'Knative decides itself when a pod takes requests' },
  ephemeralContainers: { why: ELSEWHERE },
  serviceAccount: { why: 'the field is the old name of serviceAccountName' },
  overhead: { why: ELSEWHERE },
  setHostnameAsFQDN: { why: ELSEWHERE, pointer: true },
  os: { why: ELSEWHERE, pointer: true },
  hostUsers: { why: ELSEWHERE, pointer: true },
  schedulingGates: { why: ELSEWHERE },
  resourceClaims: { why: ELSEWHERE },
  resources: { why: 'resources belong to each container', pointer: true },
};

const CONTAINER: Mask = {
  lifecycle: { why: 'Knative needs the preStop hook itself, to let requests in flight finish', pointer: true },
  stdin: { why: 'a service is reached by requests only' },
  stdinOnce: { why: 'a service is reached by requests only' },
  tty: { why: 'a service is reached by requests only' },
  volumeDevices: { why: 'a service has no raw block devices' },
  resizePolicy: { why: ELSEWHERE },
  restartPolicy: { why: MANAGES, pointer: true },
  restartPolicyRules: { why: ELSEWHERE },
};

const PORT: Mask = {
  hostPort: { why: 'requests reach a pod through the queue-proxy only' },
  hostIP: { why: 'requests reach a pod through the queue-proxy only' },
};

const MOUNT: Mask = {
  subPathExpr: { why: 'only a fixed subPath is taken' },
  recursiveReadOnly: { why: ELSEWHERE, pointer: true },
};

const SECURITY: Mask = {
  seLinuxOptions: { why: ELSEWHERE, pointer: true },
  windowsOptions: { why: ELSEWHERE, pointer: true },
  procMount: { why: ELSEWHERE, pointer: true },
  appArmorProfile: { why: ELSEWHERE, pointer: true },
};

const POD_SECURITY: Mask = {
  ...SECURITY,
  sysctls: { why: ELSEWHERE },
  fsGroupChangePolicy: { why: ELSEWHERE, pointer: true },
  supplementalGroupsPolicy: { why: ELSEWHERE, pointer: true },
  seLinuxChangePolicy: { why: ELSEWHERE, pointer: true },
};

export const disallowedField = onTemplates({
  code: 'SM0128',
  title: 'a field of a pod that Knative does not take',
  explanation: 'A revision takes a part of what a pod has; no feature flag opens the rest (knative/serving pkg/apis/serving/fieldmask.go). The schema '
    + 'of the Service does not know these fields either, so a client without strict validation loses them silently.',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      terminationGracePeriodSeconds: 60
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
`,
  },
  findings: template => [
    ...masked(template.spec, template.specField, POD),
    ...masked(fieldsOf(template.spec.securityContext), `${template.specField}.securityContext`, POD_SECURITY),
    ...tokenFinding(template),
    ...containersOf(template).flatMap(({ container, field }) => [
      ...masked(container, field, CONTAINER),
      ...listOf(container.ports).flatMap((port, i) => masked(fieldsOf(port), `${field}.ports[${i}]`, PORT)),
      ...listOf(container.volumeMounts).flatMap((mount, i) => masked(fieldsOf(mount), `${field}.volumeMounts[${i}]`, MOUNT)),
      ...masked(fieldsOf(container.securityContext), `${field}.securityContext`, SECURITY),
      ...privilegedFinding(fieldsOf(container.securityContext), field),
      ...masked(fieldsOf(container.resources), `${field}.resources`, { claims: { why: ELSEWHERE } }),
    ]),
  ],
});

function masked(fields: Fields, at: string, mask: Mask): Finding[] {
  return Object.keys(mask).filter(name => mask[name].pointer ? isGiven(fields[name]) : isSet(fields[name])).map(name => ({
    field: `${at}.${name}`,
    reason: `a Knative service cannot set ${name}: ${mask[name].why}`,
    fix: 'drop it, or run the application as a Deployment',
  }));
}

function tokenFinding({ spec, specField }: Template): Finding[] {
  return spec.automountServiceAccountToken !== true ? [] : [{
    field: `${specField}.automountServiceAccountToken`,
    value: true,
    reason: 'a Knative service can only switch the mounting of the token off',
    fix: 'drop it and set automountServiceAccountToken on the ServiceAccount',
  }];
}

function privilegedFinding(security: Fields, at: string): Finding[] {
  return security.privileged !== true ? [] : [{
    field: `${at}.securityContext.privileged`,
    value: true,
    reason: 'a Knative service never runs privileged',
    fix: 'drop it, or run the application as a Deployment',
  }];
}
