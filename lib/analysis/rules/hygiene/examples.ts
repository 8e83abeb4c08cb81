/** What of a Deployment an example changes; each text is YAML, one field a line. */
export interface DeploymentParts {
  /** Fields of its container. */
  readonly container?: string;
  /** Fields of its pods. */
  readonly pod?: string;
  /** Fields of its spec. */
  readonly spec?: string;
  readonly image?: string;
}

/** A Deployment with what an example is about, and nothing else. */
export function deployment({ container, pod, spec, image = 'registry.example.com/shop/checkout:1.0.0' }: DeploymentParts): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop }
spec:
${indented(spec, 2)}  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec:
${indented(pod, 6)}      containers:
        - name: app
          image: ${image}
${indented(container, 10)}`;
}

function indented(text: string | undefined, by: number): string {
  return (text ?? '').split('\n').filter(line => line.trim() !== '').map(line => `${' '.repeat(by)}${line}\n`).join('');
}
