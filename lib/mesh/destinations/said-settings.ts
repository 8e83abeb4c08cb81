import { IConstruct } from 'constructs';
import { HostTrafficSettings } from './traffic-settings';

/** Settings that somebody said, and what they are for: the host as a whole, a version, a port, or a port of a version. */
export interface SaidSettings {
  readonly construct: IConstruct;
  readonly version?: string;
  readonly port?: number;
  readonly settings: HostTrafficSettings;
}
