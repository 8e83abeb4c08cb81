import { ICaller, IRequestTarget, MeshMembership, Outcome, RequestSource, RequestTarget } from '../../../lib';

/** A question, the answer that a document gives to it, and where that document says so. */
export interface Case {
  readonly what: string;
  readonly source: string;
  /** Objects beside the workload `ledger` in the namespace `shop`, which has a sidecar and takes requests on port 8080. */
  readonly yaml: string;
  readonly ask?: Question;
  readonly outcome: Outcome;
  /** Name of the object that decides. */
  readonly by?: string;
}

export interface Question {
  readonly from?: ICaller;
  readonly to?: IRequestTarget;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly port?: number;
  readonly headers?: { [name: string]: string };
  readonly claims?: { [name: string]: unknown };
  readonly tokenValid?: boolean;
  readonly clientAddress?: string;
  readonly tcp?: boolean;
  readonly throughActivator?: boolean;
}

export const { ALLOWED, DENIED, DEPENDS } = Outcome;

export const SHOP = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled, team: sales } }
`;

export const LEDGER = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: shop }
spec:
  selector: { matchLabels: { app: ledger } }
  template:
    metadata: { labels: { app: ledger, version: v1 } }
    spec:
      serviceAccountName: ledger
      containers: [{ name: app, image: "registry.example.com/ledger:1.0.0", ports: [{ name: http, containerPort: 8080 }, { name: admin, containerPort: 9000 }] }]
`;

export const ledger = RequestTarget.pods({ namespace: 'shop', labels: { app: 'ledger' }, host: 'ledger.shop.svc.cluster.local' });
export const checkout = RequestSource.pods({ namespace: 'shop', serviceAccount: 'checkout' });
export const report = RequestSource.pods({ namespace: 'reports', serviceAccount: 'report' });
/** A pod of a namespace without a mesh. */
export const stranger = RequestSource.pods({ namespace: 'legacy', serviceAccount: 'stranger', mesh: MeshMembership.OUTSIDE });

/** An AuthorizationPolicy for `ledger`, or for what its own selector says. */
export function policy(spec: string, metadata = 'name: ledger, namespace: shop'): string {
  const selector = /selector:|targetRefs:/.test(spec) ? '' : 'selector: { matchLabels: { app: ledger } }, ';
  return security('AuthorizationPolicy', `${selector}${spec}`, metadata);
}

export function security(kind: string, spec: string, metadata: string): string {
  return `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: { ${metadata} }\nspec: { ${spec} }\n`;
}

/** An ALLOW policy with one rule. */
export function allowing(rule: string): string {
  return policy(`rules: [{ ${rule} }]`);
}

/** A DENY policy with one rule. */
export function denying(rule: string): string {
  return policy(`action: DENY, rules: [{ ${rule} }]`);
}

export function from(source: string): string {
  return `from: [{ source: { ${source} } }]`;
}

export function to(operation: string): string {
  return `to: [{ operation: { ${operation} } }]`;
}

export function when(key: string, values: string): string {
  return `when: [{ key: "${key}", ${values} }]`;
}

/** A pod of the shop at an address. */
export function podAt(address: string): RequestSource {
  return RequestSource.pods({ namespace: 'shop', serviceAccount: 'checkout', address });
}
