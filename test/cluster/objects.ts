/** What every object of Kubernetes has. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly finalizers?: string[];
  };
  readonly [field: string]: any;
}

/** `apps/v1 Deployment shop/orders` */
export function nameOf(object: KubeObject): string {
  const { namespace, name } = object.metadata ?? {};
  return `${object.apiVersion} ${object.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

export function isNamespace(object: KubeObject): boolean {
  return object.apiVersion === 'v1' && object.kind === 'Namespace';
}

export function isCrd(object: KubeObject): boolean {
  return object.apiVersion.startsWith('apiextensions.k8s.io/') && object.kind === 'CustomResourceDefinition';
}
