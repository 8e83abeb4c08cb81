import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { Prng } from './prng';

type Kind = 'chart' | 'composite' | 'object';

interface PlannedConstruct {
  readonly kind: Kind;
  readonly id: string;
  /** Number of the construct around it, -1 for the app. */
  readonly parent: number;
  readonly flavour: number;
}

/** What an app consists of, so that the same app can be built under different classes of app. */
export interface Plan {
  readonly constructs: readonly PlannedConstruct[];
  /** Pairs of numbers: the first comes after the second. */
  readonly dependencies: readonly (readonly [number, number])[];
  /** Whether dependencies are declared in groups. */
  readonly grouped: boolean;
}

const KINDS = [
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  { apiVersion: 'example.com/v1', kind: 'Widget' },
];

/** A random app, small because cdk8s takes exponential time. */
export function randomPlan(seed: number): Plan {
  const random = new Prng(seed);
  const constructs: PlannedConstruct[] = [];
  const ids = new Set<string>();
  const add = (kind: Kind, parent: number): number => {
    let id = random.chance(0.2) ? String(random.below(12)) : `${kind[0]}${constructs.length}`;
    while (ids.has(`${parent}/${id}`)) id += 'x';
    ids.add(`${parent}/${id}`);
    return constructs.push({ kind, id, parent, flavour: random.below(1000) }) - 1;
  };
  const stage = random.chance(0.1) ? add('composite', -1) : -1;
  const charts = [...Array(1 + random.below(4))].map(() => add('chart', random.chance(0.5) ? stage : -1));
  const parents = [...charts];
  const composites = random.below(5);
  for (let i = 0; i < composites; i++) parents.push(add('composite', random.pick(parents)));
  const nested = random.chance(0.5) ? random.below(3) : 0;
  for (let i = 0; i < nested; i++) parents.push(add('chart', random.pick(parents)));
  const objects = random.below(11);
  for (let i = 0; i < objects; i++) {
    const object = add('object', random.pick(parents));
    if (random.chance(0.08)) parents.push(object);
  }
  const declared = random.chance(0.1) ? 0 : 1 + random.below(7);
  const dependencies: [number, number][] = [];
  for (let i = 0; i < declared; i++) {
    let source = random.below(constructs.length);
    let target = random.below(constructs.length);
    if (random.chance(0.3)) {
      // a construct and one around it, where cdk8s leaves out the pair of an object with itself
      target = constructs[source].parent;
      while (target > 0 && random.chance(0.3)) target = constructs[target].parent;
      if (random.chance(0.4)) [source, target] = [target, source];
    }
    // cdk8s silently drops a construct that depends on itself
    if (source !== target && source >= 0 && target >= 0) dependencies.push([source, target]);
  }
  return { constructs, dependencies, grouped: random.chance(0.2) };
}

/** Builds a planned app; returns its constructs by number. */
export function build(plan: Plan, app: App): IConstruct[] {
  const built: Construct[] = [];
  for (const { kind, id, parent, flavour } of plan.constructs) {
    const scope = parent < 0 ? app : built[parent];
    if (kind === 'chart') {
      built.push(new Chart(scope, id, flavour % 2 ? { namespace: `space-${flavour % 5}` } : {}));
    } else if (kind === 'composite') {
      built.push(new Construct(scope, id));
    } else {
      built.push(new ApiObject(scope, id, { ...KINDS[flavour % KINDS.length], data: { flavour: String(flavour) } }));
    }
  }
  for (const [source, target] of plan.dependencies) {
    const others = plan.grouped ? plan.dependencies.map(([, other]) => other).filter(other => other !== source).slice(0, 1) : [];
    built[source].node.addDependency(new DependencyGroup(built[target], ...others.map(other => built[other])));
  }
  return built;
}
