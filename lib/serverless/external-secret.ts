import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { SecretStoreReference } from './secret-store-reference';
import { toJson_ExternalSecretSpec } from '../../imports/external-secrets.io';
import { goDuration } from '../core/durations';
import { Intents } from '../core/intents';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { DURATION, instanceOf, listOf, optionsLike, TEXT, usable, wrongType } from '../core/wrong-type';

/** A secret in the store. */
export interface RemoteSecret {
  /** Its name there. */
  readonly key: string;

  /**
   * The part of it that is meant.
   * @default - all of it
   */
  readonly property?: string;

  /**
   * Its version.
   * @default - the newest
   */
  readonly version?: string;
}

/** What is fetched from where. */
export interface ExternalSecretProps {
  /** The store that has it. */
  readonly store: SecretStoreReference;

  /**
   * Name of the Secret that is made, and of the ExternalSecret.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Keys of the Secret, and what each is filled with.
   * @default - only what `extract` gives
   */
  readonly keys?: { [key: string]: RemoteSecret };

  /**
   * Secrets of the store all of whose properties become keys.
   * @default - none
   */
  readonly extract?: RemoteSecret[];

  /**
   * How often the store is asked. A pod that has a key as a variable sees a change only when it starts anew.
   * @default - the operator's, 1 hour as shipped
   */
  readonly refreshInterval?: Duration;
}

const STORE = instanceOf(SecretStoreReference, "use a factory, as in SecretStoreReference.cluster('vault')");
const KEYS = optionsLike<{ [key: string]: RemoteSecret }>('an object of secrets in the store', "pass { url: { key: 'shop/database', property: 'url' } }");
const EXTRACT = listOf(optionsLike<RemoteSecret>('an object with key', "pass { key: 'shop/database' }"));

/**
 * A Secret that the External Secrets operator fills from a store (Vault, AWS Secrets Manager, ...), so that no manifest holds its content.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends Construct {
  /** The ExternalSecret, for what this construct knows nothing of. */
  public readonly apiObject: ApiObject;
  /** Name of the Secret that the operator makes. */
  public readonly secretName: string;

  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    const keys = usable(props?.keys, KEYS) ?? {};
    const extract = usable(props?.extract, EXTRACT) ?? [];
    this.secretName = usable(props?.name, TEXT) ?? id;
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
      metadata: { name: this.secretName },
      fields: {
        spec: () => toJson_ExternalSecretSpec({
          secretStoreRef: usable(props?.store, STORE)?._toRef(),
          refreshInterval: goDuration(props?.refreshInterval),
          target: { name: this.secretName },
          data: some(Object.entries(keys).map(([secretKey, remote]) => ({ secretKey, remoteRef: remoteRef(remote) }))),
          dataFrom: some(extract.map(remote => ({ extract: remoteRef(remote) }))),
        }),
      },
    });
    reportProblems(this, () => [
      ...wrongType('store', props?.store, STORE),
      ...wrongType('name', props?.name, TEXT),
      ...wrongType('keys', props?.keys, KEYS),
      ...wrongType('extract', props?.extract, EXTRACT),
      ...wrongType('refreshInterval', props?.refreshInterval, DURATION),
      ...Object.keys(keys).length + extract.length > 0 ? [] : [{
        code: 'SM1103',
        field: 'keys',
        reason: 'nothing is fetched from the store, so the Secret stays empty',
        fix: 'name the keys, or the secrets of the store to extract',
      }],
    ]);
    Intents.of(this);
  }
}

function remoteRef({ key, property, version }: RemoteSecret): RemoteSecret {
  return { key, property, version };
}

function some<T>(entries: T[]): T[] | undefined {
  return entries.length > 0 ? entries : undefined;
}
