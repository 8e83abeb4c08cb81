import type * as kplus from 'cdk8s-plus-28';
import { ProblemReport } from '../../core/problem';
import { instanceOf, optionsLike, TEXT, usable, wrongType } from '../../core/wrong-type';
import { PodVolume } from '../pod-volume';

/** Which model an image holds. */
export interface ModelImageOptions {
  /**
   * Version of the model: the revision that serves it is named after it.
   * @default - the tag of the image; where it has none, it has to be said
   */
  readonly version?: string;
}

/** Which model a claim holds. */
export interface ModelClaimOptions {
  /** Version of the model: the revision that serves it is named after it. */
  readonly version: string;

  /**
   * Directory of the model on the claim, one for each version. Files of a version that is served must not change.
   * @default - the whole claim
   */
  readonly subPath?: string;
}

/**
 * The files of a model, one version of them. They come with the pod and never change under it, so another version is another revision, which can be
 * tried out and gone back from. ConfigMaps are no place for models: they hold at most 1 MiB and change under running pods.
 */
export class Model {
  /**
   * The files of an OCI image, mounted read-only. Needs the feature flag `kubernetes.podspec-volumes-image` and nodes whose runtime can do it.
   * @param reference the image, with a digest or with a tag that is never pushed twice
   */
  public static fromImage(reference: string, options: ModelImageOptions = {}): Model {
    return new Model(PodVolume.image(reference, { name: VOLUME }), options?.version ?? tagOf(reference), undefined,
      () => wrongType('model.reference', reference ?? {}, TEXT));
  }

  /** The files on a claim that pods on several nodes can read, mounted read-only. Needs the feature flag `kubernetes.podspec-persistent-volume-claim`. */
  public static fromClaim(claim: kplus.IPersistentVolumeClaim, options: ModelClaimOptions): Model {
    const { version, subPath } = options ?? {};
    return new Model(PodVolume.persistentVolumeClaim(claim, { name: VOLUME }), version, subPath, () => [
      ...wrongType('model.claim', claim ?? 'nothing', CLAIM),
      ...wrongType('model.subPath', subPath, TEXT),
    ]);
  }

  private constructor(
    private readonly volume: PodVolume,
    private readonly given: unknown,
    private readonly subPath: string | undefined,
    private readonly checks: () => ProblemReport[],
  ) {}

  /** Version of the model, empty where it is unknown. */
  public get version(): string {
    return usable(this.given as string, TEXT) ?? '';
  }

  /** @internal */
  public _mountedAt(path: string): { path: string; volume: PodVolume; readOnly: boolean; subPath?: string } {
    return { path, volume: this.volume, readOnly: true, subPath: usable(this.subPath, TEXT) };
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return [...this.checks(), ...wrongType('model.version', this.given, TEXT), ...this.version === '' ? [{
      code: 'SM0176',
      field: 'model.version',
      reason: 'the version of the model is unknown, and the revision that serves it is named after it',
      fix: "say it, as in Model.fromImage('registry.example.com/models/cats@sha256:...', { version: 'v3' })",
    }] : []];
  }
}

const VOLUME = 'model';
const CLAIM = optionsLike<kplus.IPersistentVolumeClaim>('a claim of cdk8s-plus', "pass the construct, or kplus.PersistentVolumeClaim.fromClaimName(this, 'Models', 'name')");

export const MODEL = instanceOf(Model, 'use a factory, as in Model.fromImage(...)');

function tagOf(reference: unknown): string | undefined {
  return usable(reference as string, TEXT)?.replace(/@.*$/, '').match(/:([^/:]+)$/)?.[1];
}
