import { MeshGateway } from './mesh-gateway';

/** The gateway of a host that services are exposed at and no gateway of the app has. */
export class ExposureGateway extends MeshGateway {
  /** @internal */
  public readonly _implicit: boolean = true;

  /** @internal */
  public _announce(): void {
    // what the exposures of the host say stands, and it must not look as if somebody else had said it
  }
}
