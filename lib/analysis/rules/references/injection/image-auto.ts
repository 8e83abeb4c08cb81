import { injectionWebhooks, isCalled } from './webhooks';
import { MeshMembership } from '../../../../core/mesh-mode';
import { Severity } from '../../../../core/problem';
import { ManifestModel } from '../../../model';
import { Rule } from '../../../rule';
import { containersOf, labelsOf, membershipOf, Workload, workloadsOf } from '../../../workloads';

const gateway = (labels: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: edge }
spec:
  selector: { matchLabels: { app: gateway } }
  template:
    metadata: { labels: { app: gateway${labels} } }
    spec:
      containers: [{ name: istio-proxy, image: auto }]
`;

export const imageAuto: Rule = {
  code: 'SM0876',
  title: 'a proxy whose image the injector should fill in, and will not',
  explanation: 'image: auto stands for the image of the proxy, which the injector puts in. It looks at pods with the label sidecar.istio.io/inject: "true" or istio.io/rev, and at all of a namespace '
    + 'that is injected; elsewhere the node looks for an image of the name auto (istio pkg/config/analysis/analyzers/injection/image-auto.go; istio.io, setup/additional-setup/gateway).',
  severity: Severity.WARNING,
  peers: ['IST0146', 'IST0147'],
  example: { refused: gateway(''), accepted: gateway(', sidecar.istio.io/inject: "true"') },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      const proxy = containersOf(workload).find(({ value }) => value.name === 'istio-proxy' && value.image === 'auto');
      if (proxy === undefined || isInjected(context.model, workload)) continue;
      context.report(workload.object, {
        field: `${proxy.field}.image`,
        value: 'auto',
        peers: [workload.object.manifest.kind === 'Pod' ? 'IST0147' : 'IST0146'],
        reason: 'nothing asks the injector for these pods, so the image stays auto and cannot be pulled',
        fix: `write the label sidecar.istio.io/inject: "true" at ${workload.path}metadata.labels`,
      });
    }
  },
};

function isInjected(model: ManifestModel, workload: Workload): boolean {
  const webhooks = injectionWebhooks(model);
  if (webhooks.length === 0) {
    // the proxy itself makes it look like a pod of the mesh
    const withoutProxy = { ...workload, spec: { ...workload.spec, containers: [], initContainers: [] } };
    return membershipOf(model, withoutProxy) === MeshMembership.SIDECAR;
  }
  const namespace = model.byName('', 'Namespace', undefined, workload.namespace);
  return webhooks.some(webhook => isCalled(webhook, labelsOf(namespace?.manifest.metadata.labels), workload.labels));
}
