import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Components, ComponentSet } from './components';
import { defaultsFor, ownedFields } from './defaults';
import { topologyOf, Topology } from './edges';
import { Deployable, identityProblems, inItsScope, logicalName } from './identity';
import { classOf } from './kinds';
import { merged, ResourceSettings, settingsOf } from './options';
import { whileDeploying } from './review';
import { DeployedStack } from './stack';
import { lostTokens, sightingsIn } from './tokens/audit';
import { RawOutputs } from './tokens/raw-outputs';
import { resolved } from './tokens/resolve';
import { formatProblem, Manifest, orderedObjects, Problem, problemsOf, refusalOf, render, Severity, whileRendered } from 'cdk8s-serverless-mesh/analysis';

/** Where an object comes from, for those who change it on its way. */
export interface TransformContext {
  /** The object among the constructs. */
  readonly object: ApiObject;
  /** Its path. */
  readonly path: string;
}

/** How an app is deployed. */
export interface DeployOptions extends Pick<ResourceSettings, 'provider' | 'cluster' | 'protect' | 'dependsOn' | 'retainOnDelete' | 'timeouts'> {
  /** The component that the app becomes a part of. @default - none: it belongs to the stack */
  readonly parent?: pulumi.Resource;

  /** What is shown as components. It may be changed at any time: no object of the cluster is touched. @default Components.CONSTRUCT */
  readonly components?: Components;

  /** Changes an object before it is registered; undefined leaves it out. @default - objects are what the YAML says */
  readonly transform?: (manifest: Manifest, context: TransformContext) => Manifest | undefined;

  /**
   * Whether the provider writes files instead of talking to a cluster (`renderYamlToDirectory`). There is nothing to wait for then, and the
   * annotations that tell Pulumi how to wait are left out.
   * @default false
   */
  readonly rendersFiles?: boolean;

  /** The component that an object belongs to. @default - one that `components` says @internal */
  readonly componentFor?: (object: ApiObject) => pulumi.ComponentResource | undefined;

  /** Lets outputs pass that reach no manifest of this app, because another app has them. @default false: they are errors */
  readonly ignoreUnusedOutputs?: boolean;
}

// only fields that a resource is made with can be asked for later; what the cluster says comes here
const STATUS = { status: undefined };
const REGISTERED = new WeakMap<ApiObject, pulumi.CustomResource>();

/**
 * Registers the objects of an app, of a chart or of any construct as resources of the running Pulumi program.
 *
 * Everything is checked first, as it is for YAML: one error names every problem, and then nothing is registered.
 */
export function deploy(scope: IConstruct, options: DeployOptions = {}): DeployedStack {
  const { root } = scope.node;
  const { topology, settings } = whileDeploying(root, namesClusters(root, options), () => whileRendered(root, () => prepared(root, scope, options)));
  return register(topology, settings, options);
}

interface Prepared {
  readonly topology: Topology;
  readonly settings: ReadonlyMap<Deployable, ResourceSettings>;
}

function prepared(root: IConstruct, scope: IConstruct, options: DeployOptions): Prepared {
  const rawOutputs = watchForRawOutputs(scope);
  try {
    const found: Problem[] = [];
    const rendered = renderedObjects(root);
    for (const { object, manifest } of rendered) found.push(...sightedIn(object, manifest));
    const chosen = rendered.filter(({ object }) => object.node.scopes.includes(scope)).flatMap(entry => transformed(entry, options, found));
    const deployables = chosen.map(({ object, manifest }) => ({ object, manifest, cluster: settingsOf(object).cluster ?? options.cluster }));
    const topology = topologyOf(deployables);
    const lost = options.ignoreUnusedOutputs ? [] : lostTokens(root.node.path);
    const problems = () => [
      ...found,
      ...rawOutputs.problems,
      ...identityProblems(deployables),
      ...topology.problems,
      ...lost,
      ...problemsOf(root, Severity.ERROR),
    ];
    const refusal = refusalOf(root, () => distinct(problems()));
    if (refusal) throw new pulumi.RunError(refusal.message);
    for (const problem of problemsOf(root, Severity.WARNING).filter(({ severity }) => severity === Severity.WARNING)) {
      void pulumi.log.warn(formatProblem(problem));
    }
    return { topology, settings: settingsFor(deployables, options) };
  } finally {
    rawOutputs.stop();
  }
}

function namesClusters(root: IConstruct, { cluster }: DeployOptions): boolean {
  return cluster !== undefined || root.node.findAll().some(construct => settingsOf(construct).cluster !== undefined);
}

function renderedObjects(root: IConstruct): { object: ApiObject; manifest: Manifest }[] {
  let objects: ApiObject[];
  try {
    objects = orderedObjects(root);
  } catch {
    // a cycle: the checks say which
    objects = root.node.findAll().filter(ApiObject.isApiObject) as ApiObject[];
  }
  return objects.flatMap(object => {
    const { manifest } = render(object);
    return manifest ? [{ object, manifest: inItsScope(manifest) }] : [];
  });
}

function sightedIn(object: ApiObject, manifest: Manifest): readonly Problem[] {
  const { tokens, problems } = sightingsIn(object.node.path, manifest);
  tokens.forEach(token => { token.reached = true; });
  return problems;
}

function transformed({ object, manifest }: { object: ApiObject; manifest: Manifest }, { transform }: DeployOptions, found: Problem[]) {
  if (!transform) return [{ object, manifest }];
  const changed = transform(structuredClone(manifest), { object, path: object.node.path });
  if (!changed) return [];
  found.push(...sightingsIn(object.node.path, changed).problems);
  return [{ object, manifest: changed }];
}

function settingsFor(deployables: readonly Deployable[], options: DeployOptions): Map<Deployable, ResourceSettings> {
  const owned = ownedFields(deployables.map(({ manifest }) => manifest));
  const { provider, protect, dependsOn, retainOnDelete, timeouts } = options;
  return new Map(deployables.map(deployable => [deployable, [
    { provider, protect, dependsOn, retainOnDelete, timeouts },
    defaultsFor(deployable.manifest, deployable.object, owned),
    settingsOf(deployable.object),
  ].reduce<ResourceSettings>(merged, {})]));
}

function register({ order, needs }: Topology, settings: ReadonlyMap<Deployable, ResourceSettings>, options: DeployOptions): DeployedStack {
  const resources = new Map<ApiObject, pulumi.CustomResource>();
  const components = new ComponentSet(options.components ?? Components.CONSTRUCT, { parent: options.parent });
  for (const deployable of order) {
    const { object, manifest, cluster } = deployable;
    const own = settings.get(deployable)!;
    const first = [...needs.get(deployable)!].flatMap(need => REGISTERED.get(need.object) ?? []);
    const args = resolved(options.rendersFiles ? manifest : withAnnotations(manifest, own)) as Record<string, unknown>;
    const resource = new (classOf(manifest))(logicalName(deployable), { ...args, ...STATUS }, {
      ...resourceOptions(own),
      parent: options.componentFor?.(object) ?? components.of(object, cluster),
      dependsOn: [...own.dependsOn ?? [], ...first],
    });
    resources.set(object, resource);
    REGISTERED.set(object, resource);
  }
  components.finish();
  return new DeployedStack(resources);
}

function resourceOptions(settings: ResourceSettings): pulumi.CustomResourceOptions {
  const { importId, timeouts, provider, protect, ignoreChanges, replaceOnChanges, retainOnDelete, aliases, additionalSecretOutputs } = settings;
  return { import: importId, customTimeouts: timeouts, provider, protect, ignoreChanges, replaceOnChanges, retainOnDelete, aliases, additionalSecretOutputs };
}

/** Pulumi reads from annotations what its options do not have; what the object says itself stays. */
function withAnnotations(manifest: Manifest, { skipAwait, waitFor, patchForce, deletionPropagation }: ResourceSettings): Manifest {
  const annotations = Object.fromEntries(Object.entries({
    'pulumi.com/skipAwait': skipAwait ? 'true' : undefined,
    'pulumi.com/waitFor': skipAwait || waitFor === undefined ? undefined : typeof waitFor === 'string' ? waitFor : JSON.stringify(waitFor),
    'pulumi.com/patchForce': patchForce ? 'true' : undefined,
    'pulumi.com/deletionPropagationPolicy': deletionPropagation,
  }).filter(([, value]) => value !== undefined)) as Record<string, string>;
  if (Object.keys(annotations).length === 0) return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...annotations, ...manifest.metadata.annotations } } };
}

function watchForRawOutputs(scope: IConstruct): { readonly problems: Problem[]; stop(): void } {
  const { resolvers } = App.of(scope) as unknown as { resolvers: unknown[] };
  const rawOutputs = new RawOutputs();
  resolvers.unshift(rawOutputs);
  return {
    get problems() { return rawOutputs.problems; },
    stop: () => { resolvers.splice(resolvers.indexOf(rawOutputs), 1); },
  };
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map(problem => [formatProblem(problem), problem])).values()];
}
