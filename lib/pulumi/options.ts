import type * as pulumi from '@pulumi/pulumi';
import { IConstruct } from 'constructs';

/** How the objects of a construct are managed. What is not said is taken from the construct above. */
export interface ResourceSettings {
  /** Refuses to delete the objects. @default - they are deleted when they leave the program */
  readonly protect?: boolean;

  /** Takes an object that exists into the stack under this id (`namespace/name`, or `name`), instead of making it. Not inherited. @default - it is made */
  readonly importId?: string;

  /** Fields that somebody else owns, as `spec.replicas`: changes of them are left alone. Adds to what is inherited. @default - what other objects of the app own */
  readonly ignoreChanges?: string[];

  /** Fields of which a change makes a new object. Adds to what is inherited. @default - those that the API refuses to change, as the class of a Broker */
  readonly replaceOnChanges?: string[];

  /** Whether a deployment ends without waiting until the objects are ready. @default false */
  readonly skipAwait?: boolean;

  /** What a deployment waits for: `condition=Ready`, a JSONPath as `jsonpath={.status.phase}=Running`, or several of which all have to hold. @default - `condition=Ready` for kinds of Knative, for core kinds what Pulumi knows */
  readonly waitFor?: string | string[];

  /** Overwrites fields that others manage. @default false: a conflict is an error */
  readonly patchForce?: boolean;

  /** How dependents are deleted. @default - in the foreground, as Pulumi does */
  readonly deletionPropagation?: 'background' | 'foreground' | 'orphan';

  /** Leaves the objects in the cluster when they leave the stack. @default false */
  readonly retainOnDelete?: boolean;

  /** How long to wait for each operation, as `10m`. @default - ten minutes for creating and changing */
  readonly timeouts?: pulumi.CustomTimeouts;

  /** The cluster. @default - that of the construct above, at last the one given to `deploy` */
  readonly provider?: pulumi.ProviderResource;

  /** What tells objects of the same name in several clusters apart; part of their names in the stack. @default - none, which is right for one cluster */
  readonly cluster?: string;

  /** Resources of Pulumi that must be there first. Adds to what is inherited. @default - none but what outputs and constructs say */
  readonly dependsOn?: pulumi.Resource[];

  /** Earlier identities, where the object was in the stack under another name. Not inherited. @default - none */
  readonly aliases?: (pulumi.URN | pulumi.Alias)[];

  /** Fields whose values are encrypted in the state. Adds to what is inherited. @default - secret outputs, and the data of Secrets */
  readonly additionalSecretOutputs?: string[];
}

const SETTINGS = Symbol.for('cdk8s-serverless-mesh.pulumi');

/**
 * Says how the objects of a construct, and of all below it, are managed by Pulumi. What is said later, or closer to the object, wins.
 * It changes nothing in the YAML.
 */
export function pulumiSettings(construct: IConstruct, settings: ResourceSettings): void {
  const holder = construct as unknown as { [SETTINGS]?: ResourceSettings };
  Object.defineProperty(holder, SETTINGS, { value: { ...holder[SETTINGS], ...given(settings) }, configurable: true });
}

/** What was said of an object and of the constructs above it. */
export function settingsOf(object: IConstruct): ResourceSettings {
  return object.node.scopes.reduce<ResourceSettings>((above, scope) => {
    const { importId, aliases, ...own } = (scope as unknown as { [SETTINGS]?: ResourceSettings })[SETTINGS] ?? {};
    const identity = scope === object || scope.node.defaultChild === object ? given({ importId, aliases }) : {};
    return { ...merged(above, own), ...identity };
  }, {});
}

export function merged(above: ResourceSettings, own: ResourceSettings): ResourceSettings {
  return {
    ...above,
    ...given(own),
    ignoreChanges: joined(above.ignoreChanges, own.ignoreChanges),
    replaceOnChanges: joined(above.replaceOnChanges, own.replaceOnChanges),
    dependsOn: joined(above.dependsOn, own.dependsOn),
    additionalSecretOutputs: joined(above.additionalSecretOutputs, own.additionalSecretOutputs),
  };
}

function joined<T>(one: T[] | undefined, other: T[] | undefined): T[] | undefined {
  return one || other ? [...new Set([...one ?? [], ...other ?? []])] : undefined;
}

function given<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;
}
