import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { DownwardFile } from './downward-file';
import { keyItems } from './volume-items';
import { ServiceSpecTemplateSpecVolumesProjectedSources as Source } from '../../imports/serving.knative.dev';
import { wholeSeconds } from '../core/durations';
import { FLAG, TEXT, usable } from '../core/wrong-type';

/** How the keys of a Secret or ConfigMap become files of a projected volume. */
export interface KeyedSourceOptions {
  /**
   * The keys to take and the files that they become.
   * @default - every key becomes a file of its name
   */
  readonly items?: { [key: string]: kplus.PathMapping };

  /**
   * Whether a pod may start without the source.
   * @default false
   */
  readonly optional?: boolean;
}

/** A token of the pod's service account. */
export interface ServiceAccountTokenOptions {
  /**
   * For whom the token is; whoever takes it has to check that it is meant.
   * @default - the API server
   */
  readonly audience?: string;

  /**
   * How long a token is good, at least 10 minutes; the kubelet renews it in time.
   * @default Duration.hours(1)
   */
  readonly expiration?: Duration;
}

/** One of the sources that a projected volume puts together. */
export class ProjectedSource {
  /** Keys of a Secret. */
  public static secret(secret: kplus.ISecret, options: KeyedSourceOptions = {}): ProjectedSource {
    return new ProjectedSource(() => ({
      secret: { name: usable(secret?.name, TEXT), items: keyItems(options?.items), optional: usable(options?.optional, FLAG) },
    }));
  }

  /** Keys of a ConfigMap. */
  public static configMap(configMap: kplus.IConfigMap, options: KeyedSourceOptions = {}): ProjectedSource {
    return new ProjectedSource(() => ({
      configMap: { name: usable(configMap?.name, TEXT), items: keyItems(options?.items), optional: usable(options?.optional, FLAG) },
    }));
  }

  /**
   * A token that proves to others which service account the pod runs under.
   * @param path file of the token, relative to the volume
   */
  public static serviceAccountToken(path: string, options: ServiceAccountTokenOptions = {}): ProjectedSource {
    return new ProjectedSource(() => ({
      serviceAccountToken: { path, audience: usable(options?.audience, TEXT), expirationSeconds: wholeSeconds(options?.expiration) },
    }));
  }

  /** What the pod knows of itself. */
  public static downwardApi(...files: DownwardFile[]): ProjectedSource {
    return new ProjectedSource(() => ({ downwardApi: { items: files.map(file => file._toItem()) } }));
  }

  private constructor(private readonly source: () => Source) {}

  /** @internal */
  public _toSource(): Source {
    return this.source();
  }
}
