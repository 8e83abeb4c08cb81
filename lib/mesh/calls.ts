import { IConstruct } from 'constructs';
import { Edge } from '../core/edges';
import { Intents, ScrapeIntent } from '../core/intents';
import { IWorkload } from '../core/workload';

/** What is known of the calls to one workload. */
export class Calls {
  public readonly edges: Edge[] = [];
  public readonly scrapes: ScrapeIntent[] = [];
  /** Ports that take plain text from anyone. */
  public readonly openPorts = new Set<number>();

  constructor(public readonly target: IWorkload) {}

  public get isEmpty(): boolean {
    return this.edges.length === 0 && this.scrapes.length === 0 && this.openPorts.size === 0;
  }
}

const BOOKS = new WeakMap<IConstruct, Map<IWorkload, Calls>>();

/** The calls to a workload, gathered as they are declared. */
export function callsTo(target: IWorkload): Calls {
  const book = bookOf(target);
  const known = book.get(target);
  if (known) return known;
  const calls = new Calls(target);
  book.set(target, calls);
  return calls;
}

/** Every workload of an app that somebody calls or that could be called. */
export function allCalls(scope: IConstruct): Calls[] {
  return [...bookOf(scope).values()];
}

function bookOf(scope: IConstruct): Map<IWorkload, Calls> {
  const root = Intents.of(scope).root;
  const known = BOOKS.get(root);
  if (known) return known;
  const book = new Map<IWorkload, Calls>();
  BOOKS.set(root, book);
  return book;
}
