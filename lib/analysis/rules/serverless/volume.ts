import { onTemplates, REFUSED_BY_KNATIVE } from './knative-rule';
import { isDns1123Label } from './names';
import { containersOf } from './templates';
import { projectionFindings, keyFindings } from './volume-projection';
import { Finding } from '../../rule';
import { Fields, fieldsOf, isGiven, isSet, listOf, stringOf } from '../../values';

const SOURCES = ['secret', 'configMap', 'projected', 'emptyDir', 'persistentVolumeClaim', 'hostPath', 'csi', 'ephemeral', 'image'];

export const volume = onTemplates({
  code: 'SM0134',
  title: 'a volume that Knative does not take',
  explanation: 'Each volume has a name of its own, exactly one source out of those that Knative knows, and is mounted somewhere '
    + '(knative/serving pkg/apis/serving/k8s_validation.go, ValidateVolumes).',
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
              mountPath: /etc/catalogue
      volumes:
        - name: catalogue
          nfs: { server: files.example.com, path: /catalogue }
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
    const mounted = new Set(containersOf(template).flatMap(({ container }) => listOf(container.volumeMounts).map(mount => fieldsOf(mount).name)));
    const volumes = listOf(template.spec.volumes).map(fieldsOf);
    return volumes.flatMap((entry, i) => {
      const at = `${template.specField}.volumes[${i}]`;
      const first = volumes.findIndex(other => other.name === entry.name);
      return [
        ...nameFindings(entry, at, first < i ? first : undefined, mounted.has(entry.name)),
        ...sourceFindings(entry, at),
        ...contentFindings(entry, at),
      ];
    });
  },
});

function nameFindings(entry: Fields, at: string, first: number | undefined, mounted: boolean): Finding[] {
  const name = stringOf(entry.name);
  const field = `${at}.name`;
  if (!name) return [{ field, value: entry.name, reason: 'the volume has no name', fix: 'name it' }];
  return [
    ...isDns1123Label(name) ? [] : [{
      field, value: name, reason: 'the name of a volume has lower-case letters, digits and dashes, at most 63 of them', fix: 'rename it',
    }],
    ...first === undefined ? [] : [{ field, value: name, reason: `volumes[${first}] already has this name`, fix: 'give each volume a name of its own' }],
    ...mounted ? [] : [{ field, value: name, reason: 'no container mounts the volume', fix: 'mount it, or drop it' }],
  ];
}

function sourceFindings(entry: Fields, at: string): Finding[] {
  const sources = Object.keys(entry).filter(key => key !== 'name' && isGiven(entry[key]));
  const unknown = sources.filter(source => !SOURCES.includes(source));
  if (unknown.length > 0) {
    return unknown.map(source => ({
      field: `${at}.${source}`,
      reason: 'Knative takes no volume from this source, with no feature flag',
      fix: `use one of ${SOURCES.join(', ')}, or run the application as a Deployment`,
    }));
  }
  return sources.length === 1 ? [] : [{
    field: at,
    value: sources.length > 0 ? sources : undefined,
    reason: sources.length === 0 ? 'the volume says nothing of where its content comes from' : 'a volume has one source',
    fix: `name one of ${SOURCES.join(', ')}`,
  }];
}

function contentFindings(entry: Fields, at: string): Finding[] {
  const { medium, sizeLimit } = fieldsOf(entry.emptyDir);
  const { reference, pullPolicy } = fieldsOf(entry.image);
  return [
    ...keyFindings(fieldsOf(entry.secret).items, `${at}.secret.items`),
    ...keyFindings(fieldsOf(entry.configMap).items, `${at}.configMap.items`),
    ...listOf(fieldsOf(entry.projected).sources).flatMap((source, i) => projectionFindings(fieldsOf(source), `${at}.projected.sources[${i}]`)),
    ...isSet(medium) && medium !== 'Memory'
      ? [{ field: `${at}.emptyDir.medium`, value: medium, reason: 'an empty directory is on disk or in memory', fix: 'write Memory, or leave it out' }] : [],
    ...String(sizeLimit ?? '').startsWith('-')
      ? [{ field: `${at}.emptyDir.sizeLimit`, value: sizeLimit, reason: 'a size is not negative', fix: 'write an amount such as 64Mi' }] : [],
    ...isGiven(entry.image) && !isSet(reference)
      ? [{ field: `${at}.image.reference`, value: reference, reason: 'the volume names no image', fix: 'name the image whose files are mounted' }] : [],
    ...isSet(pullPolicy) && !['Always', 'IfNotPresent', 'Never'].includes(pullPolicy as string)
      ? [{ field: `${at}.image.pullPolicy`, value: pullPolicy, reason: 'there is no such pull policy', fix: 'write Always, IfNotPresent or Never' }] : [],
  ];
}
