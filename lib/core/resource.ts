import { ApiObject, ApiObjectMetadata, GroupVersionKind, Lazy } from 'cdk8s';
import { Construct } from 'constructs';

/** What an object of the cluster is made of; its fields are computed once, when everything has been said. */
export interface ResourceProps {
  readonly gvk: GroupVersionKind;
  readonly metadata?: ApiObjectMetadata;
  /** Top-level fields (`spec`, `data`, ...), in JSON as the API server takes it. */
  readonly fields: Record<string, () => unknown>;
  /** Whether objects of this kind belong to no namespace. */
  readonly clusterScoped?: boolean;
}

/**
 * An object whose fields are rendered lazily. Unlike the generated classes it takes patches on the JSON that is written,
 * so a patch can also add what the types do not know.
 */
export function resource(scope: Construct, id: string, props: ResourceProps): ApiObject {
  const fields = Object.fromEntries(Object.entries(props.fields).map(([name, produce]) => [name, Lazy.any({ produce })]));
  const object = new ApiObject(scope, id, { ...props.gvk, metadata: props.metadata, ...fields });
  if (props.clusterScoped) {
    // cdk8s gives the chart's namespace to every object and takes no undefined for an answer
    Object.defineProperty(object.metadata, 'namespace', { value: undefined, enumerable: true });
  }
  return object;
}
