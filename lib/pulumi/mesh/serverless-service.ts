import * as pulumi from '@pulumi/pulumi';
import { MeshComponent, MeshComponentOptions } from './component';
import { InputKind, Inputs, withTokens } from './inputs';
import * as core from 'cdk8s-serverless-mesh';

/** A service that scales with its requests, as a component. */
export class ServerlessService extends MeshComponent<core.ServerlessService> {
  /** Where clients reach it, once the cluster says so. */
  public readonly url: pulumi.Output<string>;

  constructor(name: string, inputs: Inputs<core.ServerlessServiceProps>, options: MeshComponentOptions = {}) {
    super('ServerlessService', name, options, chart => new core.ServerlessService(chart, name, withTokens<core.ServerlessServiceProps>(inputs, {
      image: InputKind.TEXT,
      name: InputKind.TEXT,
      env: InputKind.ENVIRONMENT,
      command: InputKind.LIST,
      args: InputKind.LIST,
      containerConcurrency: InputKind.NUMBER,
      templateLabels: InputKind.MAP,
      templateAnnotations: InputKind.MAP,
    })));
    this.url = this.field('status.url');
  }

  /** Lets a caller send requests to this service; what is not granted is denied from then on. */
  public grantInvoke(caller: ServerlessService | core.ICaller, options?: core.GrantOptions): void {
    this.construct.grantInvoke(caller instanceof ServerlessService ? caller.construct : caller, options);
  }
}
