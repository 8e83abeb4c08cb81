import { ISTIO_ANNOTATIONS } from './annotation-table';
import { ManifestModel, ModelObject } from '../../model';
import { Labels, labelsOf, workloadsOf } from '../../workloads';

/** An annotation of Istio at the place where somebody wrote it. */
export interface WrittenAnnotation {
  readonly object: ModelObject;
  readonly field: string;
  readonly name: string;
  readonly value: string;
  /** The kind that carries it: that of the object, or Pod where it is in the template of one. */
  readonly kind: string;
  /** Labels beside it. */
  readonly labels: Labels;
}

/** What Istio or its controllers write themselves. */
const WRITTEN_BY_ISTIO = ['sidecar.istio.io/status', 'gateway.istio.io/controller-version', 'istio.io/rev'];

const CARRIERS: readonly (readonly [group: string, kind: string])[] = [['', 'Namespace'], ['', 'Service'], ['apps', 'Deployment']];

/** Annotations in Istio's domains on Namespaces, Services, Deployments and pods, those in templates included. */
export function istioAnnotations(model: ManifestModel): readonly WrittenAnnotation[] {
  return model.derived(read);
}

function read(model: ManifestModel): readonly WrittenAnnotation[] {
  return [
    ...CARRIERS.flatMap(([group, kind]) => model.ofKind(group, kind).flatMap(object =>
      written(object, 'metadata.annotations', labelsOf(object.manifest.metadata.annotations), kind, labelsOf(object.manifest.metadata.labels)))),
    ...workloadsOf(model).all.filter(({ complete }) => complete).flatMap(({ object, path, annotations, labels }) =>
      written(object, `${path}metadata.annotations`, annotations, 'Pod', labels)),
  ];
}

function written(object: ModelObject, field: string, annotations: Labels, kind: string, labels: Labels): WrittenAnnotation[] {
  return Object.entries(annotations)
    .filter(([name]) => isIstios(name) && !WRITTEN_BY_ISTIO.includes(name))
    .map(([name, value]) => ({ object, field: `${field}[${name}]`, name, value, kind, labels }));
}

/** Whether the domain of an annotation is one of Istio's; the class of an Ingress is documented by it too. */
function isIstios(name: string): boolean {
  if (name === 'kubernetes.io/ingress.class') return true;
  const [domain, rest] = name.split('/');
  return rest !== undefined && (domain === 'istio.io' || domain.endsWith('.istio.io'));
}

/** Names of annotations that there are. */
export const KNOWN = [...ISTIO_ANNOTATIONS.keys()];
