import type * as kplus from 'cdk8s-plus-28';
import { ServiceSpecTemplateSpecContainersEnvFrom as EnvFrom } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { FLAG, optionsLike, TEXT, usable, wrongType } from '../core/wrong-type';

/** How all keys of a Secret or ConfigMap become variables. */
export interface EnvironmentSourceOptions {
  /**
   * What the name of each variable begins with.
   * @default - nothing: the keys as they are
   */
  readonly prefix?: string;

  /**
   * Whether the container may start without the source.
   * @default false
   */
  readonly optional?: boolean;
}

const NAMED = optionsLike<{ readonly name: string }>('a construct of cdk8s-plus', 'pass the construct, or adapt what exists by its name');

/** A Secret or ConfigMap all of whose keys become environment variables. Where a name comes twice, the last source wins, and `env` over all. */
export class EnvironmentSource {
  /** All keys of a Secret. */
  public static secret(secret: kplus.ISecret, options: EnvironmentSourceOptions = {}): EnvironmentSource {
    return new EnvironmentSource('secretRef', secret, options);
  }

  /** All keys of a ConfigMap. */
  public static configMap(configMap: kplus.IConfigMap, options: EnvironmentSourceOptions = {}): EnvironmentSource {
    return new EnvironmentSource('configMapRef', configMap, options);
  }

  private constructor(
    private readonly kind: 'secretRef' | 'configMapRef',
    private readonly source: { readonly name: string },
    private readonly options: EnvironmentSourceOptions,
  ) {}

  /** @internal */
  public _toEnvFrom(): EnvFrom {
    const reference = { name: usable(this.source?.name, TEXT), optional: usable(this.options?.optional, FLAG) };
    return { prefix: usable(this.options?.prefix, TEXT), [this.kind]: reference };
  }

  /** @internal */
  public _problems(at: string): ProblemReport[] {
    return [
      ...wrongType(`${at}.source`, this.source, NAMED),
      ...wrongType(`${at}.prefix`, this.options?.prefix, TEXT),
      ...wrongType(`${at}.optional`, this.options?.optional, FLAG),
    ];
  }
}
