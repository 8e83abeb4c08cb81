import type { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';

/** How the keys of a Secret or ConfigMap become files. */
export interface KeyedVolumeOptions {
  /**
   * Name of the volume, a DNS-1123 label.
   * @default - the kind and the name of the source
   */
  readonly name?: string;

  /**
   * The keys to take and the files that they become.
   * @default - every key becomes a file of its name
   */
  readonly items?: { [key: string]: kplus.PathMapping };

  /**
   * Permissions of the files, as in 0o440.
   * @default 0o644
   */
  readonly defaultMode?: number;

  /**
   * Whether a pod may start without the source.
   * @default false
   */
  readonly optional?: boolean;
}

/** How the files of a projected volume are written. */
export interface ProjectedVolumeOptions {
  /**
   * Permissions of the files, as in 0o440.
   * @default 0o644
   */
  readonly defaultMode?: number;
}

/** What an empty directory is made of. */
export interface EmptyDirVolumeOptions {
  /**
   * Keeps the files in memory, where they count towards the memory limits of the containers.
   * @default false
   */
  readonly inMemory?: boolean;

  /**
   * How much may be written; a pod that writes more is evicted.
   * @default - as much as the node has
   */
  readonly sizeLimit?: Size;
}

/** How a persistent claim is used. */
export interface PersistentClaimOptions {
  /**
   * Name of the volume, a DNS-1123 label.
   * @default - `claim-` and the name of the claim
   */
  readonly name?: string;

  /**
   * Lets containers write to it. Needs the feature flag `kubernetes.podspec-persistent-volume-write`.
   * @default false
   */
  readonly writable?: boolean;
}

/** What a CSI driver is told. */
export interface CsiVolumeOptions {
  /**
   * Name of the volume, a DNS-1123 label.
   * @default - `csi-` and the name of the driver
   */
  readonly name?: string;

  /**
   * What the driver wants to know, as in `{ secretProviderClass: 'vault' }`.
   * @default - nothing
   */
  readonly attributes?: { [key: string]: string };

  /**
   * File system to mount.
   * @default - the driver's
   */
  readonly fsType?: string;

  /**
   * Secret that the driver gets to publish the volume.
   * @default - none
   */
  readonly secret?: kplus.ISecret;
}

/** How an image volume is fetched. */
export interface ImageVolumeOptions {
  /**
   * Name of the volume, a DNS-1123 label.
   * @default - `image-` and the last part of the image's name
   */
  readonly name?: string;

  /**
   * When the node fetches the image.
   * @default - always for the tag `latest`, otherwise when the node does not have it
   */
  readonly pullPolicy?: kplus.ImagePullPolicy;
}

/** How ephemeral storage is claimed. */
export interface EphemeralVolumeOptions {
  /**
   * Storage class.
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * How nodes may mount it.
   * @default - ReadWriteOnce
   */
  readonly accessModes?: kplus.PersistentVolumeAccessMode[];
}
