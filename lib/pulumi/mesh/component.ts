import * as pulumi from '@pulumi/pulumi';
import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Program } from './program';
import { pulumiSettings } from '../options';

/** Options of a component; its objects inherit them. */
export interface MeshComponentOptions extends pulumi.ComponentResourceOptions {
  /** Namespace of the objects. @default - `default` */
  readonly namespace?: string;
}

/** A construct as a component of Pulumi, for programs without a cdk8s app. */
export abstract class MeshComponent<C extends IConstruct> extends pulumi.ComponentResource {
  /** The construct, for everything that the component does not offer itself. */
  public readonly construct: C;
  private readonly program: Program;

  protected constructor(type: string, name: string, options: MeshComponentOptions, build: (chart: Chart) => C) {
    const { namespace, ...componentOptions } = options;
    super(`cdk8s-serverless-mesh:index:${type}`, name, {}, componentOptions);
    this.program = Program.current;
    this.construct = build(this.program.chart(namespace));
    this.program.own(this.construct, this);
    pulumiSettings(this.construct, {
      provider: options.provider ?? kubernetesProvider(options.providers),
      protect: options.protect,
      retainOnDelete: options.retainOnDelete,
      dependsOn: resourcesIn(options.dependsOn),
    });
    this.registerOutputs();
  }

  /** A field of the main object as the cluster has it, as `status.url`; unknown in a preview unless the program says it. */
  protected field(path: string): pulumi.Output<string> {
    return pulumi.output(this.program.deployed.then(stack => stack.field(this.construct, path) as pulumi.Output<string>)) as unknown as pulumi.Output<string>;
  }
}

function kubernetesProvider(providers: pulumi.ComponentResourceOptions['providers']): pulumi.ProviderResource | undefined {
  if (Array.isArray(providers)) return providers.find(provider => (provider as unknown as { getPackage(): string }).getPackage() === 'kubernetes');
  return providers?.kubernetes;
}

function resourcesIn(given: pulumi.ComponentResourceOptions['dependsOn']): pulumi.Resource[] | undefined {
  if (given === undefined) return undefined;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list as pulumi.Resource[];
}
