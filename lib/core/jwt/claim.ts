/**
 * A claim of a token, by its name. Istio compares texts and lists of texts; a number or a boolean matches nothing.
 *
 * @see https://istio.io/latest/docs/reference/config/security/conditions/
 */
export class Claim {
  /**
   * A claim by its name.
   * @param name its name, such as `groups`
   * @param nested names below it, where the claim is inside of another, as in `Claim.of('realm_access', 'roles')`
   */
  public static of(name: string, ...nested: string[]): Claim {
    return new Claim([name, ...nested]);
  }

  private constructor(private readonly names: readonly string[]) {}

  /** Its name, and those of the claims that it is inside of before it. */
  public get path(): string[] {
    return [...this.names];
  }

  /**
   * It is one of these texts, or a list that has one of them. `scope` and `permission`, whose words are parted by spaces, are lists as well.
   * @param values exact texts
   */
  public includes(...values: string[]): ClaimRequirement {
    return ClaimRequirement._of(this, values);
  }

  /**
   * It, or an entry of it, begins with a text.
   * @param prefix the text, which is not empty
   */
  public startsWith(prefix: string): ClaimRequirement {
    return ClaimRequirement._of(this, [`${prefix}*`]);
  }

  /**
   * It, or an entry of it, ends with a text.
   * @param suffix the text, which is not empty
   */
  public endsWith(suffix: string): ClaimRequirement {
    return ClaimRequirement._of(this, [`*${suffix}`]);
  }

  /** It is there and not empty. */
  public exists(): ClaimRequirement {
    return ClaimRequirement._of(this, ['*']);
  }

  /**
   * It is none of these texts and has none of them; a token without the claim passes.
   * @param values exact texts
   */
  public excludes(...values: string[]): ClaimRequirement {
    return ClaimRequirement._of(this, values, true);
  }

  /** @internal */
  public get _key(): string {
    return `request.auth.claims${this.names.map(name => `[${name}]`).join('')}`;
  }
}

/** What is asked of a claim. */
export class ClaimRequirement {
  /** @internal */
  public static _of(claim: Claim, values: readonly string[], negated = false): ClaimRequirement {
    return new ClaimRequirement(claim, values, negated);
  }

  private constructor(
    /** The claim. */
    public readonly claim: Claim,
    private readonly values: readonly string[],
    /** Whether the values are those that it must not have. */
    public readonly negated: boolean,
  ) {}

  /** Values of which one is enough, or none of which may be there; an asterisk at an end stands for any text. */
  public get patterns(): string[] {
    return [...this.values];
  }
}
