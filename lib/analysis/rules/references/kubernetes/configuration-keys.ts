import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { Rule, RuleContext } from '../../../rule';
import { configurationsOf, isEverywhere, Mount, mountsOf, Workload, workloadsOf } from '../../../workloads';
import { suggestion } from '../suggestion';

const deployment = (name: string, key: string) => `apiVersion: v1
kind: ConfigMap
metadata: { name: orders, namespace: shop }
data: { region: eu }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: orders, namespace: shop }
spec:
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      containers:
        - name: orders
          image: example.com/orders:1.2.0
          env: [{ name: REGION, valueFrom: { configMapKeyRef: { name: ${name}, key: ${key} } } }]
`;

export const configurationKey: Rule = {
  code: 'SM0864',
  title: 'pods that need a key which their Secret or ConfigMap has not',
  explanation: 'A container whose variable or volume names a key that is not there does not start, unless the reference is optional (kubernetes.io, tasks/configure-pod-container/configure-pod-configmap).',
  peers: ['env-value-from'],
  example: { refused: deployment('orders', 'zone'), accepted: deployment('orders', 'region') },
  check(context) {
    for (const { workload, mount } of mounts(context)) {
      const { kind, name, key } = mount;
      if (kind === 'PersistentVolumeClaim' || key === undefined) continue;
      const found = configurationsOf(context.model).find(kind, workload.namespace, name);
      if (found?.keys === undefined || found.keys.has(key)) continue;
      const meant = suggestion(key, found.keys);
      context.report(workload.object, {
        field: mount.field,
        value: key,
        reason: `${kind} ${name} (${found.object.path}) ${found.keys.size === 0 ? 'has no keys' : `has the keys ${[...found.keys].slice(0, 8).join(', ')}`}, so the container does not start`,
        fix: meant === undefined ? 'write a key that it has, or add this one' : `write ${meant}, if that is meant`,
      });
    }
  },
};

export const configurationMissing: Rule = {
  code: 'SM0865',
  title: 'pods that need a Secret or ConfigMap which the app does not write',
  explanation: 'A container whose Secret or ConfigMap is not in its namespace does not start, unless the reference is optional. Advice: such objects often come from elsewhere. A warning '
    + 'where the app writes one of that name into another namespace. Secrets are only looked at in an app that writes Secrets (kubernetes.io, concepts/configuration/secret).',
  severity: Severity.WARNING,
  peers: ['env-value-from'],
  example: { refused: deployment('order', 'region'), accepted: deployment('orders', 'region') },
  check(context) {
    const configurations = configurationsOf(context.model);
    const said = new Set<string>();
    for (const { workload, mount: { kind, name, field } } of mounts(context)) {
      if (kind === 'PersistentVolumeClaim' || isEverywhere(kind, name) || isForeign(workload.namespace, context.profile(workload.object))) continue;
      if (configurations.find(kind, workload.namespace, name) || said.has(`${workload.object.path} ${kind} ${name}`)) continue;
      const elsewhere = configurations.called(kind, name)[0];
      if (!elsewhere && kind === 'Secret' && !configurations.any(kind)) continue;
      said.add(`${workload.object.path} ${kind} ${name}`);
      context.report(workload.object, {
        field,
        value: name,
        severity: elsewhere ? Severity.WARNING : Severity.INFO,
        reason: `the app writes no ${kind} of this name into namespace ${workload.namespace}${elsewhere ? `; that of ${elsewhere.object.path} is in ${elsewhere.namespace}` : ''}`,
        fix: elsewhere ? `write it into namespace ${workload.namespace} too: pods read only those of their own namespace` : 'check the name, or make sure that it is there before the pods are',
      });
    }
  },
};

export const claimMissing: Rule = {
  code: 'SM0866',
  title: 'pods that need a claim which the app does not write',
  explanation: 'A pod whose PersistentVolumeClaim is not in its namespace stays pending. Advice: the claim may be made elsewhere (kubernetes.io, concepts/storage/persistent-volumes).',
  severity: Severity.INFO,
  example: {
    refused: `apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop }
spec:
  containers: [{ name: orders, image: example.com/orders:1.2.0 }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: orders } }]
`,
    accepted: `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: orders, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: orders, namespace: shop }
spec:
  containers: [{ name: orders, image: example.com/orders:1.2.0 }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: orders } }]
`,
  },
  check(context) {
    for (const { workload, mount } of mounts(context)) {
      if (mount.kind !== 'PersistentVolumeClaim' || context.model.byName('', mount.kind, workload.namespace, mount.name)) continue;
      context.report(workload.object, {
        field: mount.field,
        value: mount.name,
        reason: `the app writes no PersistentVolumeClaim of this name into namespace ${workload.namespace}`,
        fix: 'check the name, or make sure that the claim is there before the pods are',
      });
    }
  },
};

function mounts(context: RuleContext): { readonly workload: Workload; readonly mount: Mount }[] {
  return workloadsOf(context.model).all.flatMap(workload => mountsOf(workload).filter(mount => !mount.optional).map(mount => ({ workload, mount })));
}
