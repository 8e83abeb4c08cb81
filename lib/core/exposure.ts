import { IConstruct } from 'constructs';
import type { Intents } from './intents';
import { knativeServiceOf } from './route-target';
import type { Tls } from './tls';
import type { IWorkload } from './workload';

/** A workload that clients from outside reach at a host of their own world. */
export interface ExposureIntent {
  readonly workload: IWorkload;
  readonly host: string;
  /** What is under it belongs to the workload; undefined is the whole host. */
  readonly path?: string;
  /** What the workload sees in place of the path. */
  readonly rewrite?: string;
  readonly tls?: Tls;
  readonly httpsRedirect?: boolean;
  readonly construct: IConstruct;
}

/** A host that a gateway of the app serves, so that routes to it are the gateway's. */
export interface GatewayHostIntent {
  readonly host: string;
  readonly construct: IConstruct;
}

/** All exposures at a host, in the order in which they were declared. */
export function exposuresOf(intents: Intents, host: string): ExposureIntent[] {
  return intents.exposures.all.filter(exposure => exposure.host === host);
}

/** Whether a gateway's hosts, of which the first label may be an asterisk, include a host. */
export function hostIncludes(pattern: string, host: string): boolean {
  return pattern === host || pattern === '*' || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}

/**
 * Whether a host needs a route of the mesh. A DomainMapping gives a whole host to one Knative service and knows no paths; and where the app
 * has a gateway of its own for the host, Knative's gateway must not have it too.
 */
export function needsRoute(intents: Intents, host: string): boolean {
  const [first, ...others] = exposuresOf(intents, host);
  return others.length > 0 || first === undefined || first.path !== undefined || first.rewrite !== undefined
    || knativeServiceOf(first.workload) === undefined
    || intents.gatewayHosts.all.some(entry => hostIncludes(entry.host, host));
}
