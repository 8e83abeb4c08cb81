import { IConstruct } from 'constructs';
import { ICaller } from '../../core/caller';
import { GatewayApi } from '../../core/gateway-api';

/** A gateway that routes can be bound to and that workloads can let in. */
export interface IMeshGateway extends IConstruct, ICaller {
  /** Name of the Gateway. */
  readonly gatewayName: string;
  /** Namespace of the Gateway; its pods may be in another. */
  readonly gatewayNamespace: string;
  /** The API by which it and its routes are written. */
  readonly gatewayApi: GatewayApi;
}
