import * as pulumi from '@pulumi/pulumi';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CODES } from './codes';

/** A Kubernetes object in the stack, with whatever fields the cluster gave it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type KubernetesResource = pulumi.CustomResource & { readonly [field: string]: any };

/** What was registered for the constructs of an app: the way back from constructs to Pulumi. */
export class DeployedStack {
  /** @internal */
  constructor(private readonly resources: ReadonlyMap<ApiObject, pulumi.CustomResource>) {}

  /** Everything that was registered, in the order of its registration. */
  public get all(): pulumi.CustomResource[] {
    return [...this.resources.values()];
  }

  /**
   * The main object of a construct, once it is deployed; for `dependsOn` of other resources, and for `apply`. Where a preview knows nothing of
   * a field yet, `field` is the better way to it.
   */
  public resource(construct: IConstruct): pulumi.Output<KubernetesResource> {
    const resource = this.resourceOf(construct) as KubernetesResource;
    return resource.urn.apply(() => resource) as pulumi.Output<KubernetesResource>;
  }

  /**
   * A field of the main object of a construct as the cluster has it, as `status.url`. In a preview, what the program does not say itself is
   * unknown; never is it wrong.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public field(construct: IConstruct, path: string): pulumi.Output<any> {
    const resource = this.resourceOf(construct) as KubernetesResource;
    const [first, ...rest] = path.split('.');
    return (pulumi.output(resource[first]) as pulumi.Output<unknown>).apply((value: unknown) => {
      const found = rest.reduce<unknown>((at, key) => typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined, value);
      return found === undefined && pulumi.runtime.isDryRun() ? pulumi.unknown : found;
    });
  }

  private resourceOf(construct: IConstruct): pulumi.CustomResource {
    const object = mainObject(construct);
    const resource = object && this.resources.get(object);
    if (resource) return resource;
    const path = construct.node.path;
    throw new Error(object
      ? `[${path}] ${CODES.notDeployed} it is not part of what was deployed. Fix: ask the stack that deploy(...) gave for its app or chart.`
      : `[${path}] ${CODES.severalObjects} it has no main object. Fix: pass one of the objects in it: ${objectsIn(construct)}.`);
  }
}

function mainObject(construct: IConstruct): ApiObject | undefined {
  const named = (construct as { apiObject?: ApiObject }).apiObject;
  if (named && ApiObject.isApiObject(named)) return named;
  for (let at: IConstruct | undefined = construct; at; at = at.node.defaultChild) {
    if (ApiObject.isApiObject(at)) return at as ApiObject;
  }
  return undefined;
}

function objectsIn(construct: IConstruct): string {
  return construct.node.findAll().filter(ApiObject.isApiObject).map(found => found.node.path).join(', ') || 'it has none';
}
