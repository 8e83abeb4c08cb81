import { ClusterProfile } from '../../core/cluster-profile';
import { IngressClass } from '../../core/gateway-reference';

/** Pods of Knative that the API server calls, and that nobody else has exempt from mutual TLS, which it does not speak. */
export interface Webhook {
  readonly name: string;
  readonly labels: { readonly [key: string]: string };
}

/** The port on which all of them listen. */
export const WEBHOOK_PORT = 8443;

/**
 * The webhooks in a namespace of Knative (eventing config/core/deployments/webhook.yaml, config/channels/in-memory-channel/deployments/controller.yaml;
 * eventing-kafka-broker control-plane/config). net-istio exempts those of Serving (config/400-webhook-peer-authentication.yaml).
 */
export function knativeWebhooks(namespace: string, profile: ClusterProfile): Webhook[] {
  if (namespace === profile.knativeEventingNamespace) {
    return [
      { name: 'eventing-webhook', labels: { app: 'eventing-webhook' } },
      { name: 'imc-controller', labels: { 'messaging.knative.dev/channel': 'in-memory-channel', 'messaging.knative.dev/role': 'controller' } },
      { name: 'kafka-webhook-eventing', labels: { app: 'kafka-webhook-eventing' } },
    ];
  }
  const exempt = profile.ingressClass === IngressClass.ISTIO;
  return namespace === profile.knativeServingNamespace && !exempt ? [{ name: 'webhook', labels: { app: 'webhook' } }] : [];
}
