import type * as kplus from 'cdk8s-plus-28';
import {
  ServiceSpecTemplateSpecVolumesProjectedSourcesDownwardApiItems as Item,
} from '../../imports/serving.knative.dev';
import { NUMBER, TEXT, usable } from '../core/wrong-type';

/** How a file of the downward API is written. */
export interface DownwardFileOptions {
  /**
   * Permissions of the file, as in 0o440.
   * @default 0o644
   */
  readonly mode?: number;
}

/** Which amount of a resource a file of the downward API holds. */
export interface DownwardResourceOptions extends DownwardFileOptions {
  /**
   * Container whose resources are meant. A volume belongs to no container, so it has to be named.
   * @default 'user-container', the name that Knative gives to the container of a service
   */
  readonly container?: string;

  /**
   * Unit in which the amount is written, as in `1m` or `1Mi`.
   * @default '1': whole CPUs, or bytes
   */
  readonly divisor?: string;
}

/** A file with something that the pod knows of itself. */
export class DownwardFile {
  /**
   * A field of the pod.
   * @param path file, relative to the volume
   * @param field path of the field: `metadata.name`, `metadata.namespace`, `metadata.uid`, `metadata.labels`, `metadata.annotations`, or one
   * label or annotation, as in `metadata.labels['app']`
   */
  public static field(path: string, field: string, options: DownwardFileOptions = {}): DownwardFile {
    return new DownwardFile(() => ({ path, fieldRef: { fieldPath: field }, mode: usable(options?.mode, NUMBER) }));
  }

  /**
   * A request or limit of a container.
   * @param path file, relative to the volume
   */
  public static resource(path: string, resource: kplus.ResourceFieldPaths, options: DownwardResourceOptions = {}): DownwardFile {
    return new DownwardFile(() => ({
      path,
      resourceFieldRef: {
        resource,
        containerName: usable(options?.container, TEXT) ?? 'user-container',
        divisor: usable(options?.divisor, TEXT),
      },
      mode: usable(options?.mode, NUMBER),
    }));
  }

  private constructor(private readonly item: () => Item) {}

  /** @internal */
  public _toItem(): Item {
    return this.item();
  }
}
