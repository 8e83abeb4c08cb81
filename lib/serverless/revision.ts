import { ProblemReport } from '../core/problem';
import { TEXT, wrongType } from '../core/wrong-type';

/** Which revision of a service is meant, and for the one that the service describes now, how it is called. */
export class Revision {
  /**
   * The revision that the service describes, under a name of yours, so that it can be pinned later. Another template needs another name: Knative
   * refuses a template that changed while its name did not.
   * @param name what follows the name of the service and a dash: `v2` makes `orders-v2`; the whole name will do as well
   */
  public static named(name: string): Revision {
    return new Revision('named', name);
  }

  /**
   * The revision that the service describes, under a name that is made from its content: the same template has the same name, and every
   * change another one.
   */
  public static hashed(): Revision {
    return new Revision('hashed');
  }

  /**
   * A revision that the cluster has already.
   * @param name its whole name there: `orders-v1`, or `orders-00003` where Knative numbered it
   */
  public static existing(name: string): Revision {
    return new Revision('existing', name);
  }

  /** Whichever revision got ready last. */
  public static latest(): Revision {
    return new Revision('latest');
  }

  private constructor(private readonly kind: 'named' | 'hashed' | 'existing' | 'latest', private readonly text?: unknown) {}

  /** @internal */
  public get _isExisting(): boolean {
    return this.kind === 'existing';
  }

  /** @internal */
  public get _isHashed(): boolean {
    return this.kind === 'hashed';
  }

  /**
   * Whether it is the revision that the service describes now.
   * @internal
   */
  public get _isDescribed(): boolean {
    return this.kind === 'named' || this.kind === 'hashed';
  }

  /**
   * Its name as a revision of a service; undefined where only Knative knows it.
   * @internal
   */
  public _nameIn(service: string): string | undefined {
    if (this.kind === 'hashed') return `${service}-${UNHASHED}`;
    if (this.kind === 'latest' || typeof this.text !== 'string') return undefined;
    return this.kind === 'existing' || this.text.startsWith(`${service}-`) ? this.text : `${service}-${this.text}`;
  }

  /** @internal */
  public _problems(field: string): ProblemReport[] {
    return wrongType(`${field}.name`, this.kind === 'named' || this.kind === 'existing' ? this.text ?? false : undefined, TEXT);
  }
}

/** Stands for the hash until the content is known. */
export const UNHASHED = 'of-this-content';
