import { Construct } from 'constructs';

/** A port of a host outside of the cluster. */
export interface ExternalPort {
  /** Number that clients send to. */
  readonly number: number;
  /** Name, unique among the ports of the host. */
  readonly name: string;
  /** What is spoken there, as Istio spells it (`HTTP`, `HTTPS`, `TLS`, `TCP`, ...). */
  readonly protocol: string;
  /** Number that the host listens on, where it is another one. */
  readonly targetPort?: number;
  /** Whether the mesh puts TLS around what clients send here as plain text. */
  readonly originatesTls?: boolean;
}

/** A host outside of the cluster that pods send requests to. */
export interface ExternalServiceIntent {
  readonly host: string;
  readonly ports: readonly ExternalPort[];
  /** Who needs it: what is written for the host lands below this construct, in the namespace of its chart. */
  readonly construct: Construct;
}
