/** A gateway that the platform already has. */
export interface GatewayReference {
  /** Name of the Gateway object. */
  readonly name: string;
  /** Its namespace. */
  readonly namespace: string;
  /** Service in front of the gateway's pods. */
  readonly serviceName: string;
  /** Namespace of that Service and of the gateway's pods. */
  readonly serviceNamespace: string;
  /** Service account of the gateway's pods, which is their identity in the mesh. */
  readonly serviceAccount: string;
}

/** The networking layer that carries Knative's routes (`config-network`, key `ingress-class`). */
export enum IngressClass {
  /** net-istio. */
  ISTIO = 'istio.ingress.networking.knative.dev',
  /** net-gateway-api. */
  GATEWAY_API = 'gateway-api.ingress.networking.knative.dev',
  /** net-kourier. */
  KOURIER = 'kourier.ingress.networking.knative.dev',
  /** net-contour. */
  CONTOUR = 'contour.ingress.networking.knative.dev',
}
