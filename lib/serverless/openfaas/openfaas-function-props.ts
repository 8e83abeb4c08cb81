import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';

/** What the autoscaler of OpenFaaS looks at. */
export class OpenFaasScaleType {
  /** Requests per second and pod, for functions that answer quickly. */
  public static readonly REQUESTS_PER_SECOND = new OpenFaasScaleType('rps');
  /** Requests in flight per pod, for functions that take their time. */
  public static readonly CAPACITY = new OpenFaasScaleType('capacity');
  /** Milli-CPU per pod. */
  public static readonly CPU = new OpenFaasScaleType('cpu');

  /**
   * A recording rule of your own.
   * @param name its `scaling_type`
   */
  public static custom(name: string): OpenFaasScaleType {
    return new OpenFaasScaleType(name);
  }

  private constructor(
    /** As the label spells it. */
    public readonly label: string,
  ) {}
}

/**
 * How far and how fast a function scales. All but `min` and `max` need OpenFaaS Standard or for Enterprises.
 *
 * @see https://docs.openfaas.com/architecture/autoscaling/
 */
export interface OpenFaasScaling {
  /**
   * Fewest pods under load, at least 1.
   * @default - OpenFaaS's 1
   */
  readonly min?: number;

  /**
   * Most pods.
   * @default - OpenFaaS's 20
   */
  readonly max?: number;

  /**
   * What is looked at.
   * @default - requests per second
   */
  readonly type?: OpenFaasScaleType;

  /**
   * Load per pod, in the unit of the type.
   * @default - OpenFaaS's 50
   */
  readonly target?: number;

  /**
   * Share of the target that is really filled, above 0 and up to 1.
   * @default - OpenFaaS's 0.9
   */
  readonly targetProportion?: number;

  /**
   * How long a function idles before it loses its last pod.
   * @default - it keeps a pod
   */
  readonly zeroAfter?: Duration;
}

/** What a function of OpenFaaS is. */
export interface OpenFaasFunctionProps {
  /** Image with the function, best with a digest or with a tag that is never pushed twice. */
  readonly image: string;

  /**
   * Name of the function: a DNS label of at most 63 characters.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of the function, which OpenFaaS has to be told of.
   * @default 'openfaas-fn'
   */
  readonly namespace?: string;

  /**
   * Where the code is in the sources. Kept for tools; nothing in the cluster reads it.
   * @default - nothing is said
   */
  readonly handler?: string;

  /**
   * Environment variables, which may be read by whoever may read the Function. There are no references to Secrets: those are mounted, see `secrets`.
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Secrets of the function's namespace. Each is mounted as files below `/var/openfaas/secrets/`.
   * @default - none
   */
  readonly secrets?: kplus.ISecret[];

  /**
   * How far and how fast it scales.
   * @default - as OpenFaaS is set up
   */
  readonly scaling?: OpenFaasScaling;

  /**
   * CPU and memory. What is given replaces the default as a whole; `{}` leaves everything open.
   * @default - requests 100m CPU and 128 MiB, limits memory to 512 MiB and CPU not at all
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Lets the function write to its root filesystem.
   * @default false: only `/tmp` can be written to
   */
  readonly allowWritableRootFilesystem?: boolean;

  /**
   * Labels that a node has to carry.
   * @default - any node
   */
  readonly nodeLabels?: { [key: string]: string };

  /**
   * Service account of the pods, in the function's namespace. Needs OpenFaaS Standard or for Enterprises.
   * @default - the account `default` of the namespace
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * Further labels of the function and of its pods.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Further annotations of the function and of its pods, such as `topic` for a connector.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Namespace of the gateway of OpenFaaS.
   * @default 'openfaas'
   */
  readonly gatewayNamespace?: string;

  /**
   * Service account of the gateway, which is its identity in the mesh.
   * @default 'openfaas-operator'
   */
  readonly gatewayServiceAccount?: string;
}
