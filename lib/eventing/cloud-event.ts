/** What else is known of the events of a type. */
export interface CloudEventOptions {
  /**
   * Attribute `source` of every event of the type: a URI reference.
   * @default - events of the type may come from anywhere
   */
  readonly source?: string;

  /**
   * Extension attributes that every event of the type carries with the same value. Names are lower-case letters and digits.
   * @default - none
   */
  readonly extensions?: { [name: string]: string };
}

/**
 * A kind of events, named by the attribute `type` that all of them carry.
 *
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#type
 */
export class CloudEvent {
  /**
   * The events of a type.
   * @param type reverse-DNS name of what happened, such as `com.example.order.placed`
   * @param options what else all of them have in common
   */
  public static ofType(type: string, options: CloudEventOptions = {}): CloudEvent {
    return new CloudEvent(type, options.source, options.extensions ?? {});
  }

  private constructor(
    /** Attribute `type`. */
    public readonly type: string,
    /** Attribute `source`; undefined where events of the type may come from anywhere. */
    public readonly source: string | undefined,
    private readonly extensionAttributes: { readonly [name: string]: string },
  ) {}

  /** Attributes that every event of the type carries with the same value. */
  public get attributes(): { [name: string]: string } {
    return { ...this.extensionAttributes, type: this.type, ...this.source === undefined ? {} : { source: this.source } };
  }
}
