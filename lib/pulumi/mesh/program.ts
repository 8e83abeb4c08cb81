import * as pulumi from '@pulumi/pulumi';
import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { deploy } from '../deploy';
import { PulumiApp } from '../pulumi-app';
import { DeployedStack } from '../stack';
import { ClusterProfile } from 'cdk8s-serverless-mesh';

/**
 * The app behind the components of a program. They share it, so that one may grant or subscribe another; and it is deployed when the program
 * has said everything, because an access policy is made from all grants.
 */
export class Program {
  /** The app that components of now belong to. */
  public static get current(): Program {
    Program.open ??= new Program();
    return Program.open;
  }

  private static open?: Program;

  public readonly deployed: Promise<DeployedStack>;
  private readonly app = new PulumiApp();
  private readonly components = new Map<IConstruct, pulumi.ComponentResource>();

  private constructor() {
    // Pulumi must not end the program before its end
    const done = pulumi.runtime.rpcKeepAlive();
    this.deployed = new Promise<DeployedStack>((resolve, reject) => setImmediate(() => {
      Program.open = undefined;
      try {
        resolve(deploy(this.app, { ignoreUnusedOutputs: true, componentFor: object => this.componentOf(object) }));
      } catch (e) {
        reject(e);
      } finally {
        done();
      }
    }));
  }

  /** The chart of a namespace; what is in it shares policies. */
  public chart(namespace: string | undefined): Chart {
    const id = namespace ?? 'default';
    return (this.app.node.tryFindChild(id) as Chart | undefined) ?? new Chart(this.app, id, { namespace });
  }

  public own(construct: IConstruct, component: pulumi.ComponentResource): void {
    this.components.set(construct, component);
  }

  /** Says what the cluster has; for all components of the program. */
  public profile(profile: ClusterProfile): void {
    profile.applyTo(this.app);
  }

  private componentOf(object: IConstruct): pulumi.ComponentResource | undefined {
    for (let at: IConstruct | undefined = object; at; at = at.node.scope) {
      const component = this.components.get(at);
      if (component) return component;
    }
    return undefined;
  }
}

/**
 * Says what the cluster has, to all components of this program.
 * @param profile versions, mesh mode, feature flags, bounds
 */
export function useProfile(profile: ClusterProfile): void {
  Program.current.profile(profile);
}
