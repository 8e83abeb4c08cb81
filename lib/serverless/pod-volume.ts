import { createHash } from 'crypto';
import type { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type {
  CsiVolumeOptions, EmptyDirVolumeOptions, EphemeralVolumeOptions, ImageVolumeOptions, KeyedVolumeOptions, PersistentClaimOptions, ProjectedVolumeOptions,
} from './pod-volume-options';
import { ProjectedSource } from './projected-source';
import { quantity } from './quantities';
import { keyItems } from './volume-items';
import { ServiceSpecTemplateSpecVolumes as Volume } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { FLAG, instanceOf, listOf, NUMBER, optionsLike, SIZE, TEXT, TEXTS, usable, wrongType } from '../core/wrong-type';

const LONGEST_LABEL = 63;
const NAMED = optionsLike<{ readonly name: string }>('a construct of cdk8s-plus', 'pass the construct, or adapt what exists by its name');
const SOURCES = listOf(instanceOf(ProjectedSource, 'use a factory, as in ProjectedSource.secret(secret)'));

/**
 * Files that containers of a pod mount. A volume is declared in the pod by being mounted; the same one may be mounted in several containers.
 *
 * Secrets, ConfigMaps, projections and empty directories need nothing of the cluster. Claims, CSI, image, ephemeral and host volumes each need
 * a feature flag of Knative Serving (`ServingFeature`), and are refused where the cluster profile does not declare it.
 *
 * @see https://knative.dev/docs/serving/services/storage/
 */
export class PodVolume {
  /** The keys of a Secret as files, read-only. */
  public static secret(secret: kplus.ISecret, options: KeyedVolumeOptions = {}): PodVolume {
    return new PodVolume(options?.name ?? nameOf('secret', secret?.name), false, () => ({
      secret: {
        secretName: usable(secret?.name, TEXT),
        items: keyItems(options?.items),
        optional: usable(options?.optional, FLAG),
        defaultMode: usable(options?.defaultMode, NUMBER),
      },
    }), () => wrongType('secret', secret, NAMED));
  }

  /** The keys of a ConfigMap as files, read-only. */
  public static configMap(configMap: kplus.IConfigMap, options: KeyedVolumeOptions = {}): PodVolume {
    return new PodVolume(options?.name ?? nameOf('config', configMap?.name), false, () => ({
      configMap: {
        name: usable(configMap?.name, TEXT),
        items: keyItems(options?.items),
        optional: usable(options?.optional, FLAG),
        defaultMode: usable(options?.defaultMode, NUMBER),
      },
    }), () => wrongType('configMap', configMap, NAMED));
  }

  /**
   * Several sources in one directory, read-only.
   * @param name name of the volume, a DNS-1123 label
   * @param sources what is put together
   */
  public static projected(name: string, sources: ProjectedSource[], options: ProjectedVolumeOptions = {}): PodVolume {
    return new PodVolume(name, false, () => ({
      projected: {
        sources: (usable(sources, SOURCES) ?? []).map(source => source._toSource()),
        defaultMode: usable(options?.defaultMode, NUMBER),
      },
    }), () => wrongType('sources', sources, SOURCES));
  }

  /**
   * A directory that is empty when the pod starts and gone with it.
   * @param name name of the volume, a DNS-1123 label
   */
  public static emptyDir(name: string, options: EmptyDirVolumeOptions = {}): PodVolume {
    return new PodVolume(name, true, () => ({
      emptyDir: {
        medium: usable(options?.inMemory, FLAG) ? 'Memory' : undefined,
        sizeLimit: quantity(options?.sizeLimit),
      },
    }), () => wrongType('sizeLimit', options?.sizeLimit, SIZE));
  }

  /**
   * A claim on storage that outlives the pods. Needs the feature flag `kubernetes.podspec-persistent-volume-claim`, to write to it
   * `kubernetes.podspec-persistent-volume-write` too. Pods on several nodes need a claim of access mode ReadWriteMany or ReadOnlyMany.
   */
  public static persistentVolumeClaim(claim: kplus.IPersistentVolumeClaim, options: PersistentClaimOptions = {}): PodVolume {
    const readOnly = usable(options?.writable, FLAG) === true ? undefined : true;
    return new PodVolume(options?.name ?? nameOf('claim', claim?.name), readOnly !== true, () => ({
      persistentVolumeClaim: { claimName: usable(claim?.name, TEXT), readOnly },
    }), () => wrongType('claim', claim, NAMED));
  }

  /**
   * What a CSI driver provides for the life of the pod, such as secrets of an external store, read-only. Needs the feature flag
   * `kubernetes.podspec-volumes-csi`.
   * @param driver name of the driver, as in `secrets-store.csi.k8s.io`
   */
  public static csi(driver: string, options: CsiVolumeOptions = {}): PodVolume {
    return new PodVolume(options?.name ?? nameOf('csi', driver), false, () => ({
      csi: {
        driver: usable(driver, TEXT),
        readOnly: true,
        fsType: usable(options?.fsType, TEXT),
        volumeAttributes: options?.attributes,
        nodePublishSecretRef: options?.secret ? { name: options.secret.name } : undefined,
      },
    }));
  }

  /**
   * The files of an OCI image, such as the weights of a model, read-only. Needs the feature flag `kubernetes.podspec-volumes-image` and nodes
   * whose runtime can do it.
   * @param reference the image, best with a digest
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/
   */
  public static image(reference: string, options: ImageVolumeOptions = {}): PodVolume {
    return new PodVolume(options?.name ?? nameOf('image', imageName(reference)), false, () => ({
      image: { reference: usable(reference, TEXT), pullPolicy: usable(options?.pullPolicy, TEXT) },
    }));
  }

  /**
   * Storage of a storage class that is claimed with the pod and gone with it. Needs the feature flag `kubernetes.podspec-volumes-ephemeral`.
   * @param name name of the volume, a DNS-1123 label
   * @param storage how much of it
   */
  public static ephemeral(name: string, storage: Size, options: EphemeralVolumeOptions = {}): PodVolume {
    return new PodVolume(name, true, () => ({
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: usable(options?.accessModes as unknown, TEXTS) ?? ['ReadWriteOnce'],
            storageClassName: usable(options?.storageClassName, TEXT),
            resources: { requests: { storage: quantity(storage) } },
          },
        },
      },
    }), () => wrongType('storage', storage, SIZE));
  }

  /**
   * A directory or file of the node, read-only. Needs the feature flag `kubernetes.podspec-volumes-hostpath`; Pod Security Standards from
   * `baseline` on refuse it.
   * @param name name of the volume, a DNS-1123 label
   * @param path path on the node
   * @param type what has to be there, nothing in particular unless said otherwise
   */
  public static hostPath(name: string, path: string, type?: kplus.HostPathVolumeType): PodVolume {
    return new PodVolume(name, false, () => ({ hostPath: { path: usable(path, TEXT), type: usable(type, TEXT) } }));
  }

  private constructor(
    /** Name of the volume in the pod. */
    public readonly name: string,
    /** Whether containers may write to it. */
    public readonly writable: boolean,
    private readonly source: () => Omit<Volume, 'name'>,
    private readonly checks: () => ProblemReport[] = () => [],
  ) {}

  /** @internal */
  public _toVolume(): Volume {
    return { name: this.name, ...this.source() };
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return [...wrongType('name', this.name, TEXT), ...this.checks()];
  }
}

/** A DNS-1123 label from a name that may have more characters, and too many of them. */
function nameOf(kind: string, name: unknown): string {
  const label = `${kind}-${usable(name, TEXT) ?? ''}`.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/-+$/, '');
  if (label.length <= LONGEST_LABEL) return label;
  const hash = createHash('sha256').update(label).digest('hex').slice(0, 8);
  return `${label.slice(0, LONGEST_LABEL - 1 - hash.length)}-${hash}`;
}

function imageName(reference: unknown): string | undefined {
  return usable(reference, TEXT)?.split('/').pop()?.split(/[:@]/)[0];
}
