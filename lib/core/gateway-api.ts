/** The API by which gateways and their routes are written. */
export enum GatewayApi {
  /** Gateway and VirtualService of Istio, which set up gateway pods that are there. */
  ISTIO = 'istio',
  /** Gateway and HTTPRoute of Kubernetes' Gateway API, for which Istio runs pods of its own. */
  KUBERNETES = 'kubernetes',
}
