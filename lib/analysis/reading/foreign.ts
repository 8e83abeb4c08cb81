import * as path from 'path';

/** API groups of what programs read from files and no API server takes. */
const READ_BY_PROGRAMS: Record<string, string> = {
  'kustomize.config.k8s.io': 'Kustomize',
  'skaffold': 'Skaffold',
  'kind.x-k8s.io': 'kind',
  'k3d.io': 'k3d',
  'ctlptl.dev': 'ctlptl',
  'kubeadm.k8s.io': 'kubeadm',
  'kubelet.config.k8s.io': 'the kubelet',
  'kubeproxy.config.k8s.io': 'kube-proxy',
  'kubescheduler.config.k8s.io': 'the scheduler',
  'apiserver.config.k8s.io': 'the API server at its start',
  'audit.k8s.io': 'the API server at its start',
  'client.authentication.k8s.io': 'kubectl',
};

/** Files that programs know by their names. */
const KNOWN_FILES: [RegExp, string][] = [
  [/^kustomization\.ya?ml$|^Kustomization$/, 'Kustomize'],
  [/^Chart\.(ya?ml|lock)$|^requirements\.(yaml|lock)$|^values(?:[._-].*)?\.ya?ml$|\.values\.ya?ml$/, 'Helm'],
  [/^\.?serverless-mesh\.ya?ml$/, 'serverless-mesh'],
];

/** The program that reads a file, where its name says so. */
export function readerOfFile(file: string): string | undefined {
  const name = path.basename(file);
  return KNOWN_FILES.find(([pattern]) => pattern.test(name))?.[1];
}

/** The program that reads an object, where no API server does. */
export function readerOfObject(apiVersion: string, kind: string): string | undefined {
  if (apiVersion === 'v1' && kind === 'Config') return 'kubectl';
  return READ_BY_PROGRAMS[apiVersion.split('/')[0]];
}

// an action that is a line or a value of its own: in the texts of alerts and dashboards actions stand inside of quotes or blocks
const ACTION = /^\s*(?:- )?(?:[\w.-]+:\s*)?\{\{-?\s*(?:\/\*|\.|\$|[a-z]+[\s}])|^\s*\{%|\{\{-?\s*(?:\.Values|\.Release|\.Chart|include\s+")/m;

/** Whether a text that is no YAML looks like a template that gives YAML. */
export function looksLikeTemplate(text: string): boolean {
  return ACTION.test(text);
}
