import { IConstruct } from 'constructs';

/** A set of routes that others can delegate to. */
export interface IMeshRoute extends IConstruct {
  /** Name of the object that holds the routes. */
  readonly routeName: string;
  /** Its namespace. */
  readonly routeNamespace: string;
}
