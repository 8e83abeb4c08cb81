/** A Service with the traffic of an example, each target in one line. */
export function trafficExample(targets: readonly string[], parts: { readonly revision?: string; readonly annotations?: string } = {}): string {
  return `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop${parts.annotations ? `, annotations: { ${parts.annotations} }` : ''} }
spec:
  template:
    metadata: { ${parts.revision ? `name: ${parts.revision}` : ''} }
    spec:
      containers: [{ image: registry.example.com/shop/checkout:1.0.0 }]
${targets.length > 0 ? `  traffic:\n${targets.map(target => `    - { ${target} }\n`).join('')}` : ''}`;
}
