import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';

/** The manifest of an API object, as it will be written. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [field: string]: any;
}

/** An API object with its manifest, or with the reason why it has none. */
export interface Rendered {
  readonly apiObject: ApiObject;
  readonly manifest?: Manifest;
  readonly failure?: Error;
}

interface Session {
  readonly rendered: Map<ApiObject, Rendered>;
  readonly derived: Map<unknown, unknown>;
}

const sessions = new WeakMap<IConstruct, Session>();

/** Renders every object of a tree once: while the function runs, whoever asks gets the same manifests. */
export function whileRendered<T>(root: IConstruct, work: () => T): T {
  if (sessions.has(root)) return work();
  sessions.set(root, { rendered: new Map(), derived: new Map() });
  try {
    return work();
  } finally {
    sessions.delete(root);
  }
}

export function render(apiObject: ApiObject): Rendered {
  const session = sessions.get(apiObject.node.root);
  const known = session?.rendered.get(apiObject);
  if (known) return known;
  const rendered = attempt(apiObject);
  session?.rendered.set(apiObject, rendered);
  return rendered;
}

function attempt(apiObject: ApiObject): Rendered {
  try {
    return { apiObject, manifest: apiObject.toJson() };
  } catch (e) {
    return { apiObject, failure: e instanceof Error ? e : new Error(String(e)) };
  }
}

/** What is derived from a whole tree: computed once while its manifests are shared, afresh otherwise, because the tree may still grow. */
export function derived<T>(root: IConstruct, compute: (root: IConstruct) => T): T {
  const session = sessions.get(root);
  if (!session) return compute(root);
  if (!session.derived.has(compute)) session.derived.set(compute, compute(root));
  return session.derived.get(compute) as T;
}
