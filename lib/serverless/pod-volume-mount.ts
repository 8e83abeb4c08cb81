import type * as kplus from 'cdk8s-plus-28';
import { PodVolume } from './pod-volume';
import { ServiceSpecTemplateSpecContainersVolumeMounts as VolumeMount } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { FLAG, instanceOf, TEXT, usable, wrongType } from '../core/wrong-type';

/** How a volume is seen by a container. */
export interface MountVolumeOptions {
  /**
   * Keeps the container from writing.
   * @default true, but for empty directories, ephemeral volumes and claims that are writable. Knative mounts other volumes read-only in any case
   */
  readonly readOnly?: boolean;

  /**
   * Part of the volume to mount, relative to it. What is mounted this way is not refreshed while the pod runs.
   * @default - the whole volume
   */
  readonly subPath?: string;

  /**
   * Whether mounts that the node makes later are seen. Needs the feature flag `kubernetes.podspec-volumes-mount-propagation`; Knative does not
   * take `BIDIRECTIONAL`.
   * @default - they are not
   */
  readonly propagation?: kplus.MountPropagation;
}

/** A volume and where a container sees it. */
export interface PodVolumeMount extends MountVolumeOptions {
  /** Directory or file in the container: an absolute path other than `/`, `/dev` and `/dev/log`. */
  readonly path: string;

  /** What is mounted. */
  readonly volume: PodVolume;
}

const VOLUME = instanceOf(PodVolume, "use a factory, as in PodVolume.emptyDir('cache')");

/** The volume of a mount, where it is one. */
export function volumeOf(mount: PodVolumeMount): PodVolume | undefined {
  return usable(mount?.volume, VOLUME);
}

export function renderMount(mount: PodVolumeMount): VolumeMount | undefined {
  const volume = volumeOf(mount);
  if (!volume) return undefined;
  return {
    name: volume.name,
    mountPath: usable(mount.path, TEXT) ?? '',
    // as it stands in the cluster: Knative writes true on these volumes, and the API server drops a false
    readOnly: !volume.writable || usable(mount.readOnly, FLAG) === true ? true : undefined,
    subPath: usable(mount.subPath, TEXT),
    mountPropagation: usable(mount.propagation, TEXT),
  };
}

export function mountProblems(mount: PodVolumeMount, at: string): ProblemReport[] {
  const volume = volumeOf(mount);
  return [
    ...wrongType(`${at}.path`, mount?.path, TEXT),
    ...wrongType(`${at}.volume`, mount?.volume, VOLUME),
    ...wrongType(`${at}.readOnly`, mount?.readOnly, FLAG),
    ...wrongType(`${at}.subPath`, mount?.subPath, TEXT),
    ...wrongType(`${at}.propagation`, mount?.propagation, TEXT),
    ...volume?._problems().map(problem => ({ ...problem, field: `${at}.volume.${problem.field}` })) ?? [],
    ...volume && !volume.writable && mount.readOnly === false ? [{
      code: 'SM1100',
      field: `${at}.readOnly`,
      value: false,
      reason: `volume ${volume.name} is read-only, whatever its mount says`,
      fix: 'leave readOnly out; files that are written belong into an empty directory, PodVolume.emptyDir(), or a claim with writable: true',
    }] : [],
  ];
}
