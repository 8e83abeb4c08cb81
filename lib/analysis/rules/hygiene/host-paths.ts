import { deployment } from './examples';
import { nameOf, onWorkloads, podContainers } from './pods';
import { Severity } from '../../../core/problem';
import { Finding, Rule } from '../../rule';
import { entriesOf, fieldsOf, textOf, Workload } from '../../workloads';

const SYSTEM = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr'];

export const hostPaths = onWorkloads({
  code: 'SM0711',
  title: 'pod that mounts files of its node',
  explanation: 'What a pod finds there depends on the node that it runs on, and through the socket of the container runtime or a system directory it has the whole node '
    + '(Kubernetes pod security standards, baseline).',
  severity: Severity.INFO,
  peers: ['hostPathSet', 'sensitive-host-mounts', 'docker-sock'],
  example: {
    refused: deployment({ pod: 'volumes: [{ name: runtime, hostPath: { path: /var/run/docker.sock } }]' }),
    accepted: deployment({ pod: 'volumes: [{ name: cache, emptyDir: {} }]' }),
  },
  findings: workload => volumes(workload).map(({ field, path }) => ({
    field: `${field}.hostPath.path`,
    value: path,
    ...socket(path) ?? system(path) ?? {
      reason: 'what is there depends on the node that the pod happens to run on',
      fix: 'use a volume that follows the pod: emptyDir, a claim, a ConfigMap',
      peers: ['hostPathSet'],
    },
  })),
});

export const writableHostPath: Rule = {
  code: 'SM0712',
  title: 'container that may write files of its node',
  explanation: 'Files that a pod leaves on a node stay there when it goes, and others of the node may run them.',
  severity: Severity.INFO,
  peers: ['writable-host-mount'],
  example: {
    refused: deployment({
      pod: 'volumes: [{ name: logs, hostPath: { path: /var/log/shop } }]',
      container: 'volumeMounts: [{ name: logs, mountPath: /logs }]',
    }),
    accepted: deployment({
      pod: 'volumes: [{ name: logs, hostPath: { path: /var/log/shop } }]',
      container: 'volumeMounts: [{ name: logs, mountPath: /logs, readOnly: true }]',
    }),
  },
  check(context) {
    for (const container of podContainers(context.model)) {
      const mounts = entriesOf(container.value.volumeMounts, `${container.field}.volumeMounts`).filter(({ value }) => value.readOnly !== true);
      if (mounts.length === 0) continue;
      const paths = new Map(volumes(container.workload).map(({ name, path }) => [name, path]));
      for (const { value, field } of mounts) {
        const path = paths.get(textOf(value.name) ?? '');
        if (path === undefined) continue;
        context.report(container.object, {
          field: `${field}.readOnly`,
          reason: `${nameOf(container)} may write ${path} of its node`,
          fix: 'set readOnly to true',
        });
      }
    }
  },
};

function volumes({ spec, path }: Workload): { field: string; name: string; path: string }[] {
  return entriesOf(spec.volumes, `${path}spec.volumes`).flatMap(({ field, value }) => {
    const source = textOf(fieldsOf(value.hostPath).path);
    return source === undefined ? [] : [{ field, name: textOf(value.name) ?? '', path: source }];
  });
}

function socket(path: string): Finding | undefined {
  return !/docker\.sock$|containerd\.sock$|crio\.sock$/.test(path) ? undefined : {
    reason: 'who reaches the socket of the container runtime can start containers with all rights of the node',
    fix: 'remove the volume',
    peers: path.endsWith('docker.sock') ? ['docker-sock', 'hostPathSet'] : ['hostPathSet'],
  };
}

function system(path: string): Finding | undefined {
  return !SYSTEM.includes(path === '/' ? path : path.replace(/\/+$/, '')) ? undefined : {
    reason: 'it is a system directory of the node',
    fix: 'remove the volume, or mount the one file that is needed',
    peers: ['sensitive-host-mounts', 'hostPathSet'],
  };
}
