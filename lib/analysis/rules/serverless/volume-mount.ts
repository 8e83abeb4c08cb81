import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { ContainerRole, containersOf } from './templates';
import { Finding } from '../../rule';
import { Fields, fieldsOf, isGiven, isSet, listOf, stringOf } from '../../values';

const RESERVED = ['/', '/dev', '/dev/log'];
const WRITABLE = ['emptyDir', 'persistentVolumeClaim', 'ephemeral'];

export const volumeMount = onTemplates({
  code: 'SM0135',
  title: 'a volume that cannot be mounted there',
  explanation: 'A mount names a volume of the template and an absolute path of its own. Volumes other than emptyDir, claims and ephemeral ones are '
    + 'read-only: Knative makes them so for containers, for init containers the manifest has to say it '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, validateVolumeMounts; pkg/apis/serving/v1/revision_defaults.go).',
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
          volumeMounts:
            - name: catalogue
              mountPath: etc/catalogue
      volumes:
        - name: catalogue
          configMap: { name: catalogue }
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
          volumeMounts:
            - name: catalogue
              mountPath: /etc/catalogue
      volumes:
        - name: catalogue
          configMap: { name: catalogue }
`,
  },
  findings: template => {
    const volumes = new Map(listOf(template.spec.volumes).map(fieldsOf).map(entry => [entry.name, entry]));
    return containersOf(template).flatMap(({ container, field, role }) => {
      const mounts = listOf(container.volumeMounts).map(fieldsOf);
      const paths = mounts.map(mount => clean(stringOf(mount.mountPath) ?? ''));
      return mounts.flatMap((mount, i) => [
        ...pathFindings(mount, paths[i], paths.indexOf(paths[i]) < i, `${field}.volumeMounts[${i}].mountPath`),
        ...volumeFindings(mount, volumes.get(mount.name), role, `${field}.volumeMounts[${i}]`),
      ]);
    });
  },
});

function pathFindings(mount: Fields, path: string, taken: boolean, field: string): Finding[] {
  const at = { field, value: mount.mountPath };
  if (!isSet(mount.mountPath)) return [{ field, reason: 'the mount has no path', fix: 'name the directory in the container' }];
  if (RESERVED.includes(path)) return [{ ...at, reason: `${path} belongs to the container itself`, fix: 'choose a directory of the application' }];
  if (!path.startsWith('/')) return [{ ...at, reason: 'the path is not absolute', fix: 'begin it with /' }];
  return taken ? [{ ...at, reason: 'another volume is mounted at this path', fix: 'choose another path' }] : [];
}

function volumeFindings(mount: Fields, volume: Fields | undefined, role: ContainerRole, at: string): Finding[] {
  if (!volume) return [{ field: `${at}.name`, value: mount.name, reason: 'the template declares no volume of this name', fix: 'declare it under volumes' }];
  const findings: Finding[] = [];
  const writable = WRITABLE.some(source => isGiven(volume[source]));
  if (role === ContainerRole.INIT && !writable && mount.readOnly !== true) {
    findings.push({ field: `${at}.readOnly`, value: mount.readOnly, reason: 'a volume of this kind is mounted read-only', fix: 'set readOnly: true' });
  }
  if (fieldsOf(volume.persistentVolumeClaim).readOnly === true && mount.readOnly !== true) {
    findings.push({ field: `${at}.readOnly`, value: mount.readOnly, reason: 'the claim is read-only and the mount is not', fix: 'set readOnly: true' });
  }
  if (isGiven(mount.mountPropagation) && !['None', 'HostToContainer'].includes(mount.mountPropagation as string)) {
    findings.push({ field: `${at}.mountPropagation`, value: mount.mountPropagation, reason: 'mounts are not passed on to the host', fix: 'write None or HostToContainer' });
  }
  return findings;
}

// as Go's path.Clean
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
