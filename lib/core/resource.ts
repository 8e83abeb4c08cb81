import { ApiObject, ApiObjectMetadata, GroupVersionKind, Lazy } from 'cdk8s';
import { Construct } from 'constructs';

/** What an object of the cluster is made of; its fields are computed once, when everything has been said. */
export interface ResourceProps {
  readonly gvk: GroupVersionKind;
  readonly metadata?: ApiObjectMetadata;
  /** Top-level fields (`spec`, `data`, ...), in JSON as the API server takes it. */
  readonly fields: Record<string, () => unknown>;
}

/**
 * An object whose fields are rendered lazily. Unlike the generated classes it takes patches on the JSON that is written,
 * so a patch can also add what the types do not know.
 */
export function resource(scope: Construct, id: string, props: ResourceProps): ApiObject {
  const fields = Object.fromEntries(Object.entries(props.fields).map(([name, produce]) => [name, Lazy.any({ produce })]));
  return new ApiObject(scope, id, { ...props.gvk, metadata: props.metadata, ...fields });
}
