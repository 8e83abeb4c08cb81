import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** What of the construct tree is shown as components in the stack. */
export enum Components {
  /** One for every construct that has objects of its own. */
  CONSTRUCT = 'construct',
  /** One for every chart. */
  CHART = 'chart',
}

/**
 * Stands for a construct in the stack. All are of one type and none lies in another: types of parents are part of an object's identity, and
 * moving a construct must not change that.
 */
class Scope extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super('cdk8s-serverless-mesh:index:Scope', name, {}, options);
  }

  public finish(): void {
    this.registerOutputs();
  }
}

/** The components of one deployment. */
export class ComponentSet {
  private readonly scopes = new Map<string, Scope>();

  constructor(private readonly mode: Components, private readonly options: pulumi.ComponentResourceOptions) {}

  /** The component that an object belongs to. */
  public of(object: ApiObject, cluster: string | undefined): pulumi.ComponentResource {
    const construct = this.constructFor(object);
    const name = [cluster, construct.node.path || construct.node.id || 'app'].filter(Boolean).join('/');
    const known = this.scopes.get(name) ?? new Scope(name, this.options);
    this.scopes.set(name, known);
    return known;
  }

  public finish(): void {
    this.scopes.forEach(scope => scope.finish());
  }

  private constructFor(object: ApiObject): IConstruct {
    return this.mode === Components.CHART ? Chart.of(object) : object.node.scope ?? object;
  }
}
