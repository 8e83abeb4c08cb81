import { CloudEvent } from './cloud-event';
import { passes } from './filter-decision';
import { TriggerSpecFilters } from '../../imports/eventing.knative.dev';

/**
 * Which events a subscriber gets, decided on their attributes alone, never on their data.
 * Attribute names are lower-case letters and digits and begin with a letter; values are compared case-sensitively.
 *
 * @see https://knative.dev/docs/eventing/triggers/#trigger-filtering
 */
export class EventFilter {
  /** Events of a type. */
  public static type(event: CloudEvent): EventFilter {
    return EventFilter.exact({ type: event.type });
  }

  /** Events whose attributes all have exactly these values. */
  public static exact(attributes: { [name: string]: string }): EventFilter {
    return new EventFilter({ exact: { ...attributes } });
  }

  /** Events whose attributes all begin with these values. */
  public static prefix(attributes: { [name: string]: string }): EventFilter {
    return new EventFilter({ prefix: { ...attributes } });
  }

  /** Events whose attributes all end with these values. */
  public static suffix(attributes: { [name: string]: string }): EventFilter {
    return new EventFilter({ suffix: { ...attributes } });
  }

  /** Events that pass every one of the filters. */
  public static all(...filters: EventFilter[]): EventFilter {
    return new EventFilter({ all: filters.map(filter => filter.dialect) });
  }

  /** Events that pass at least one of the filters. */
  public static any(...filters: EventFilter[]): EventFilter {
    return new EventFilter({ any: filters.map(filter => filter.dialect) });
  }

  /** Events that do not pass the filter. */
  public static not(filter: EventFilter): EventFilter {
    return new EventFilter({ not: filter.dialect });
  }

  /**
   * Events for which an expression of CloudEvents SQL is true.
   * Only quotes and parentheses are checked here; the rest is checked by Knative's webhook.
   *
   * @see https://github.com/cloudevents/spec/blob/main/cesql/spec.md
   */
  public static cesql(expression: string): EventFilter {
    return new EventFilter({ cesql: expression });
  }

  private constructor(private readonly dialect: TriggerSpecFilters) {}

  /** @internal */
  public _render(): TriggerSpecFilters {
    return this.dialect;
  }

  /**
   * Whether every event of a kind passes: undefined where the declared attributes do not decide it.
   * @internal
   */
  public _passes(event: CloudEvent): boolean | undefined {
    return passes(this.dialect, event.attributes);
  }
}
