import { ApiObject } from 'cdk8s';
import { Target } from './values';
import { derived, render } from '../../core/rendering';
import { IWorkload } from '../../core/workload';

interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port?: number | string };
}

interface Container {
  readonly ports?: readonly { readonly name?: string; readonly containerPort?: number }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

/** Paths of the HTTP probes that the kubelet sends to a port of a workload. */
export function probePaths(target: IWorkload, port: number): string[] {
  const containers = derived(target.node.root, templates).filter(({ namespace, labels }) => namespace === target.workloadNamespace && selects(target, labels))
    .flatMap(template => template.containers);
  const paths = containers.flatMap(container => [container.livenessProbe, container.readinessProbe, container.startupProbe]
    .filter(probe => probe?.httpGet !== undefined && portOf(container, probe.httpGet.port) === port)
    .map(probe => String(probe!.httpGet!.path ?? '/').replace(/\?.*$/, '')));
  return [...new Set(paths)].sort();
}

interface Template {
  readonly namespace?: string;
  readonly labels: Record<string, string>;
  readonly containers: readonly Container[];
}

function templates(root: IWorkload['node']['root']): Template[] {
  return root.node.findAll().filter((c): c is ApiObject => ApiObject.isApiObject(c) && c.apiGroup === 'apps').flatMap(object => {
    const manifest = render(object).manifest;
    const template = manifest?.spec?.template;
    if (typeof template !== 'object') return [];
    return [{
      namespace: manifest?.metadata?.namespace,
      labels: template.metadata?.labels ?? {},
      containers: [...template.spec?.containers ?? [], ...template.spec?.initContainers ?? []],
    }];
  });
}

function selects({ podSelector }: Target, labels: Record<string, string>): boolean {
  return Object.entries(podSelector).every(([key, value]) => labels[key] === value);
}

function portOf({ ports = [] }: Container, port: number | string | undefined): number | undefined {
  return typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.containerPort;
}
