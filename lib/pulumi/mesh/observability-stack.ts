import { MeshComponent, MeshComponentOptions } from './component';
import { InputKind, Inputs, withTokens } from './inputs';
import { ServerlessService } from './serverless-service';
import * as core from 'cdk8s-serverless-mesh';

/** Monitors, alerts and dashboards, as a component. */
export class ObservabilityStack extends MeshComponent<core.ObservabilityStack> {
  constructor(name: string, inputs: Inputs<core.ObservabilityStackProps> = {}, options: MeshComponentOptions = {}) {
    super('ObservabilityStack', name, options, chart => new core.ObservabilityStack(chart, name, withTokens<core.ObservabilityStackProps>(inputs, {
      name: InputKind.TEXT,
      monitorLabels: InputKind.MAP,
      ruleLabels: InputKind.MAP,
      dashboardLabels: InputKind.MAP,
    })));
  }

  /** Has Prometheus scrape services. */
  public monitor(...services: (ServerlessService | core.ServerlessService)[]): void {
    this.construct.monitor(...services.map(service => service instanceof ServerlessService ? service.construct : service));
  }

  /** Alerts when the share of failed requests is too high. */
  public alertOnErrors(service: ServerlessService | core.ServerlessService, options: core.ErrorAlertOptions): void {
    this.construct.alertOnErrors(service instanceof ServerlessService ? service.construct : service, options);
  }
}
