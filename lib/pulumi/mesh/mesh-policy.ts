import { MeshComponent, MeshComponentOptions } from './component';
import * as core from 'cdk8s-serverless-mesh';

/** Mutual TLS and deny by default for a namespace, as a component. */
export class MeshPolicy extends MeshComponent<core.MeshPolicy> {
  constructor(name: string, inputs: core.MeshPolicyProps = {}, options: MeshComponentOptions = {}) {
    super('MeshPolicy', name, options, chart => new core.MeshPolicy(chart, name, inputs));
  }
}
