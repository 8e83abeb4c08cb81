import { ClusterProfile } from '../../../lib';
import { checkFiles } from '../../../lib/analysis/check-files';
import { ManifestModel } from '../../../lib/analysis/model';
import { modelOfFiles } from '../../../lib/analysis/reading';
import { Problem, Severity } from '../../../lib/core/problem';

/** What one rule says of YAML: severity, kind and name, field. */
export function says(code: string, text: string, profile?: ClusterProfile): string[] {
  return problemsOf(code, text, profile).map(({ severity, object, field }) => `${severity ?? Severity.ERROR} ${object?.kind}/${object?.name} ${field}`);
}

/** The findings of one rule on YAML. */
export function problemsOf(code: string, text: string, profile?: ClusterProfile): Problem[] {
  return checkFiles([{ name: 'app.yaml', text }], { profile }).filter(problem => problem.code === code);
}

/** The codes of all findings on YAML that are at least a warning. */
export function codes(text: string, profile?: ClusterProfile): string[] {
  return checkFiles([{ name: 'app.yaml', text }], { profile }).filter(({ severity }) => severity !== Severity.INFO).map(({ code }) => code);
}

export function modelOf(text: string, profile?: ClusterProfile): ManifestModel {
  return ManifestModel.of(modelOfFiles([{ name: 'app.yaml', text }], { profile }));
}

/** Documents as one text. */
export function yaml(...documents: readonly string[]): string {
  return documents.map(document => document.trim()).join('\n---\n');
}

export function service(name: string, { namespace = 'shop', selector = `app: ${name}`, ports = '{ name: http, port: 80, targetPort: 8080 }', metadata = '' } = {}): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}${metadata} }
spec:
  selector: { ${selector} }
  ports: [${ports}]`;
}

export function deployment(name: string, { namespace = 'shop', labels = `app: ${name}`, container = 'ports: [{ name: http, containerPort: 8080 }]', pod = '' } = {}): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${labels} } }
  template:
    metadata: { labels: { ${labels} } }
    spec:
      containers: [{ name: ${name}, image: example.com/${name}:1.2.0, ${container} }]${pod}`;
}

export function knative(name: string, { namespace = 'shop', metadata = '{}' } = {}): string {
  return `
apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    metadata: ${metadata}
    spec:
      containers: [{ image: example.com/${name}:1.2.0 }]`;
}

export function virtualService(name: string, hosts: string, http: string, { namespace = 'shop', more = '' } = {}): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  hosts: [${hosts}]
  http: [${http}]${more}`;
}

export function namespace(name: string, labels = 'istio-injection: enabled'): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${labels} } }`;
}
