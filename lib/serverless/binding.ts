import type * as kplus from 'cdk8s-plus-28';
import type { ContainerSettings } from './container-props';
import { EnvironmentSource } from './environment-source';
import { ExternalSecret } from './external-secret';
import { PodVolume } from './pod-volume';
import { ProblemReport } from '../core/problem';
import { optionsLike, TEXT, TEXT_MAP, wrongType } from '../core/wrong-type';

/** How all keys become variables. */
export interface BindAllVariablesOptions {
  /**
   * What the name of each variable begins with.
   * @default - nothing: the keys as they are
   */
  readonly prefix?: string;
}

/** How a source is seen as files. */
export interface BindFilesOptions {
  /**
   * The keys to take and the files that they become.
   * @default - every key becomes a file of its name
   */
  readonly items?: { [key: string]: kplus.PathMapping };

  /**
   * Permissions of the files, as in 0o440.
   * @default 0o644
   */
  readonly mode?: number;

  /**
   * Of a claim: lets the container write.
   * @default false
   */
  readonly writable?: boolean;
}

/** As what a container sees something that is bound to it. */
export class BindAs {
  /**
   * As environment variables.
   * @param variables names of variables, each with the key that it is filled from
   */
  public static variables(variables: { [name: string]: string }): BindAs {
    return new BindAs(source => source._variables(variables), () => wrongType('variables', variables, TEXT_MAP));
  }

  /** As environment variables, one for each key. */
  public static allVariables(options: BindAllVariablesOptions = {}): BindAs {
    return new BindAs(source => source._allVariables(options ?? {}), () => wrongType('prefix', options?.prefix, TEXT));
  }

  /**
   * As files.
   * @param path directory in the container, an absolute path
   */
  public static files(path: string, options: BindFilesOptions = {}): BindAs {
    return new BindAs(source => source._files(path, options ?? {}), () => wrongType('path', path, TEXT));
  }

  private constructor(
    private readonly settings: (source: BindingSource) => ContainerSettings | undefined,
    private readonly checks: () => ProblemReport[],
  ) {}

  /**
   * What a container says to see the source this way; undefined where the source cannot be seen so.
   * @internal
   */
  public _settings(source: BindingSource): ContainerSettings | undefined {
    return this.settings(source);
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return this.checks();
  }
}

interface Views {
  readonly source: unknown;
  readonly variable?: (key: string) => unknown;
  readonly all?: (prefix?: string) => EnvironmentSource;
  readonly volume: (options: BindFilesOptions) => PodVolume;
}

const CONSTRUCT = optionsLike<object>('a construct', 'pass the construct, or adapt what exists by its name, as in kplus.Secret.fromSecretName()');

/** Something of the cluster that a container needs: credentials, configuration, storage. */
export class BindingSource {
  /** A Secret. */
  public static secret(secret: kplus.ISecret): BindingSource {
    return new BindingSource({
      source: secret,
      variable: key => ({ secretKeyRef: { name: secret?.name, key } }),
      all: prefix => EnvironmentSource.secret(secret, { prefix }),
      volume: ({ items, mode }) => PodVolume.secret(secret, { items, defaultMode: mode }),
    });
  }

  /** The Secret that the External Secrets operator makes. */
  public static externalSecret(secret: ExternalSecret): BindingSource {
    return BindingSource.secret({ name: secret?.secretName } as kplus.ISecret);
  }

  /** A ConfigMap. With a `HashedConfigMap` every change of the content makes a new revision; otherwise running pods keep what they began with. */
  public static configMap(configMap: kplus.IConfigMap): BindingSource {
    return new BindingSource({
      source: configMap,
      variable: key => ({ configMapKeyRef: { name: configMap?.name, key } }),
      all: prefix => EnvironmentSource.configMap(configMap, { prefix }),
      volume: ({ items, mode }) => PodVolume.configMap(configMap, { items, defaultMode: mode }),
    });
  }

  /** Storage, which can only be seen as files. Needs the feature flag `kubernetes.podspec-persistent-volume-claim`. */
  public static persistentVolumeClaim(claim: kplus.IPersistentVolumeClaim): BindingSource {
    return new BindingSource({ source: claim, volume: ({ writable }) => PodVolume.persistentVolumeClaim(claim, { writable }) });
  }

  private constructor(private readonly views: Views) {}

  /** @internal */
  public _variables(variables: { [name: string]: string }): ContainerSettings | undefined {
    const { variable } = this.views;
    if (!variable) return undefined;
    return { env: Object.fromEntries(Object.entries(variables ?? {}).map(([name, key]) => [name, { valueFrom: variable(key) } as kplus.EnvValue])) };
  }

  /** @internal */
  public _allVariables({ prefix }: BindAllVariablesOptions): ContainerSettings | undefined {
    const { all } = this.views;
    return all && { envFrom: [all(prefix)] };
  }

  /** @internal */
  public _files(path: string, options: BindFilesOptions): ContainerSettings | undefined {
    return { mounts: [{ path, volume: this.views.volume(options) }] };
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return wrongType('source', this.views.source, CONSTRUCT);
  }
}
