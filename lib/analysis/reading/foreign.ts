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

const ACTION = /\{\{|\{%/;
const ONLY_ACTION = /^\s*(?:\{\{|\{%)/;
const OF_PROMETHEUS = /\$(?:labels|value|externalLabels)\b/;

/**
 * Whether a text that is no YAML is a template that gives YAML: where it cannot be read stands an action. Actions also stand in the texts of
 * alerts and dashboards, where they are fine, so what is elsewhere in the text does not count; one of Prometheus lacks its quotes.
 *
 * @param text the document.
 * @param broken the lines of it that cannot be read, counted from 0.
 */
export function looksLikeTemplate(text: string, broken: readonly number[]): boolean {
  const lines = text.split(/\r?\n/);
  return broken.some(at => {
    // a line that is an action alone is only found out at the next one
    const before = lines.slice(0, at).reverse().find(line => line.trim() !== '') ?? '';
    return isAction(lines[at] ?? '', ACTION) || isAction(before, ONLY_ACTION);
  });
}

/** Whether a text is a template of ytt, whose actions are comments. */
export function isYttTemplate(text: string): boolean {
  return /^[ \t]*#@/m.test(text);
}

function isAction(line: string, pattern: RegExp): boolean {
  return pattern.test(line) && !OF_PROMETHEUS.test(line);
}
