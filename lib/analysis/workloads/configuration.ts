import { entriesOf, fieldsAt, fieldsOf, isGiven, textOf } from '../values';
import { addTo } from './multi-map';
import { ManifestModel, ModelObject } from '../model';

/** A Secret or ConfigMap that there will be. */
export interface Configuration {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly namespace: string;
  /** The object that it is, or that an operator makes it from. */
  readonly object: ModelObject;
  /** Its keys; undefined where an operator decides on them. */
  readonly keys?: ReadonlySet<string>;
}

/** The Secrets and ConfigMaps of an app; read once per model. */
export function configurationsOf(model: ManifestModel): Configurations {
  return model.derived(readConfigurations);
}

/** ConfigMaps that controllers put into every namespace. */
const EVERYWHERE = ['kube-root-ca.crt', 'istio-ca-root-cert', 'istio-ca-crl', 'openshift-service-ca.crt'];

/** Secrets and ConfigMaps, found by name. */
export class Configurations {
  private readonly byName = new Map<string, Configuration>();
  private readonly namespaces = new Set<string>();
  private readonly kinds = new Set<string>();
  private readonly namesakes = new Map<string, Configuration[]>();

  constructor(configurations: readonly Configuration[]) {
    for (const configuration of configurations) {
      const { kind, namespace, name } = configuration;
      if (!this.byName.has(`${kind}/${namespace}/${name}`)) this.byName.set(`${kind}/${namespace}/${name}`, configuration);
      this.kinds.add(kind);
      this.namespaces.add(`${kind}/${namespace}`);
      addTo(this.namesakes, `${kind}/${name}`, configuration);
    }
  }

  public find(kind: Configuration['kind'], namespace: string, name: string): Configuration | undefined {
    return this.byName.get(`${kind}/${namespace}/${name}`);
  }

  /** Those of the same kind and name in any namespace. */
  public called(kind: Configuration['kind'], name: string): readonly Configuration[] {
    return this.namesakes.get(`${kind}/${name}`) ?? [];
  }

  /** Whether the app writes any of a kind. */
  public any(kind: Configuration['kind']): boolean {
    return this.kinds.has(kind);
  }

  /** Whether the app writes any of a kind into a namespace. */
  public anyIn(kind: Configuration['kind'], namespace: string): boolean {
    return this.namespaces.has(`${kind}/${namespace}`);
  }
}

/** Whether a ConfigMap is in every namespace without anybody writing it. */
export function isEverywhere(kind: string, name: string): boolean {
  return kind === 'ConfigMap' && EVERYWHERE.includes(name);
}

type Made = Omit<Configuration, 'namespace' | 'object'>;
type Maker = (object: ModelObject, name: string) => Made[];

/** What makes Secrets and ConfigMaps, by group and kind. */
const MAKERS: Readonly<Record<string, Maker>> = {
  '/Secret': (object, name) => [{ kind: 'Secret', name, keys: keysOf(object, 'data', 'stringData') }],
  '/ConfigMap': (object, name) => [{ kind: 'ConfigMap', name, keys: keysOf(object, 'data', 'binaryData') }],
  'cert-manager.io/Certificate': object => secret(fieldsOf(object.manifest.spec).secretName),
  'external-secrets.io/ExternalSecret': (object, name) => secret(textOf(fieldsAt(object.manifest, 'spec', 'target').name) ?? name, externalKeys(object)),
  'bitnami.com/SealedSecret': (object, name) => secret(name, new Set(Object.keys(fieldsAt(object.manifest, 'spec', 'encryptedData')))),
  'secrets.hashicorp.com/VaultStaticSecret': object => secret(fieldsAt(object.manifest, 'spec', 'destination').name),
  'secrets.hashicorp.com/VaultDynamicSecret': object => secret(fieldsAt(object.manifest, 'spec', 'destination').name),
  'secrets-store.csi.x-k8s.io/SecretProviderClass': object => entriesOf(fieldsOf(object.manifest.spec).secretObjects, '').flatMap(({ value }) => secret(value.secretName)),
  'kafka.strimzi.io/KafkaUser': (_object, name) => secret(name),
};

function readConfigurations(model: ManifestModel): Configurations {
  return new Configurations(model.objects.flatMap(object => {
    const maker = object.name === undefined ? undefined : MAKERS[`${object.group}/${object.manifest.kind}`];
    return maker === undefined ? [] : maker(object, object.name!).map(made => ({ ...made, object, namespace: object.namespace ?? 'default' }));
  }));
}

function secret(name: unknown, keys?: ReadonlySet<string>): Made[] {
  const text = textOf(name);
  return text === undefined ? [] : [{ kind: 'Secret', name: text, keys }];
}

function keysOf(object: ModelObject, ...fields: readonly string[]): Set<string> {
  return new Set(fields.flatMap(field => Object.keys(fieldsOf(object.manifest[field]))));
}

function externalKeys(object: ModelObject): Set<string> | undefined {
  const { data, dataFrom, target } = fieldsOf(object.manifest.spec);
  if (isGiven(dataFrom) || isGiven(fieldsOf(target).template)) return undefined;
  return new Set(entriesOf(data, '').map(({ value }) => textOf(value.secretKey)).filter(key => key !== undefined));
}
