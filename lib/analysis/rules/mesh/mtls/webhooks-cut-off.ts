import { ClusterProfile } from '../../../../core/cluster-profile';
import { IngressClass } from '../../../../core/gateway-reference';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { fieldsOf, stringOf } from '../../../values';
import { isNamespaceWide, namespaceOf, peerAuthentications, selectorOf, specOf } from '../policies';

const PORT = '8443';

export const webhooksCutOff: Rule = {
  code: 'SM0239',
  title: 'the API server shut out of Knative\'s webhooks',
  explanation: 'The API server calls the webhooks of Knative over TLS of its own and has no identity in the mesh; STRICT turns it away where they have sidecars, and then no object of Knative can '
    + 'be written. net-istio exempts the webhooks of Serving (config/400-webhook-peer-authentication.yaml), nobody does those of Eventing. Knative\'s own documentation leaves its '
    + 'namespaces PERMISSIVE (knative.dev/docs/install/installing-istio).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: knative-eventing }
spec:
  mtls: { mode: STRICT }
`,
    accepted: `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: knative-eventing }
spec:
  mtls: { mode: STRICT }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: eventing-webhook, namespace: knative-eventing }
spec:
  selector:
    matchLabels: { app: eventing-webhook }
  portLevelMtls:
    8443: { mode: PERMISSIVE }
`,
  },
  check(context) {
    const all = peerAuthentications(context.model);
    for (const policy of all.filter(isNamespaceWide)) {
      const webhook = webhookIn(namespaceOf(policy), context.profile(policy));
      if (webhook === undefined || stringOf(fieldsOf(specOf(policy).mtls).mode) !== 'STRICT') continue;
      if (all.some(other => namespaceOf(other) === namespaceOf(policy) && selectorOf(other).app === webhook && isExempt(other))) continue;
      context.report(policy, {
        field: 'spec.mtls.mode',
        value: 'STRICT',
        reason: `the API server has no identity in the mesh, so it could not call ${webhook}, which checks every object of Knative that is written`,
        fix: `write PERMISSIVE, or add a PeerAuthentication for the pods app=${webhook} with portLevelMtls "${PORT}": PERMISSIVE; with the constructs MutualTls and MeshPolicy add it`,
      });
    }
  },
};

function webhookIn(namespace: string, { knativeEventingNamespace, knativeServingNamespace, ingressClass }: ClusterProfile): string | undefined {
  if (namespace === knativeEventingNamespace) return 'eventing-webhook';
  return namespace === knativeServingNamespace && ingressClass !== IngressClass.ISTIO ? 'webhook' : undefined;
}

function isExempt(policy: ModelObject): boolean {
  const { mtls, portLevelMtls } = specOf(policy);
  const mode = stringOf(fieldsOf(fieldsOf(portLevelMtls)[PORT]).mode) ?? stringOf(fieldsOf(mtls).mode);
  return mode === 'PERMISSIVE' || mode === 'DISABLE';
}
