/** What a label of a node has to be. */
export class NodeRequirement {
  /** The label has one of these values. */
  public static in(key: string, ...values: string[]): NodeRequirement {
    return new NodeRequirement(key, 'In', values);
  }

  /** The label is missing, or has none of these values. */
  public static notIn(key: string, ...values: string[]): NodeRequirement {
    return new NodeRequirement(key, 'NotIn', values);
  }

  /** The label is there. */
  public static exists(key: string): NodeRequirement {
    return new NodeRequirement(key, 'Exists');
  }

  /** The label is missing. */
  public static doesNotExist(key: string): NodeRequirement {
    return new NodeRequirement(key, 'DoesNotExist');
  }

  /** The label is a number above this one. */
  public static greaterThan(key: string, value: number): NodeRequirement {
    return new NodeRequirement(key, 'Gt', [String(value)]);
  }

  /** The label is a number below this one. */
  public static lessThan(key: string, value: number): NodeRequirement {
    return new NodeRequirement(key, 'Lt', [String(value)]);
  }

  private constructor(private readonly key: string, private readonly operator: string, private readonly values?: string[]) {}

  /** @internal */
  public _toJson(): object {
    return { key: this.key, operator: this.operator, values: this.values };
  }
}
