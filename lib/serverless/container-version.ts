import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Bindings } from './bindings';
import { renderPodTemplate } from './container-pod-template';
import type { ContainerPort } from './container-port';
import type { ContainerTemplateProps } from './container-template-props';
import { versionProblems } from './container-version-problems';
import { DisruptionBudget } from './disruption-budget';
import { fewestPods, renderScaling, SCALING } from './horizontal-scaling';
import { UpdateStrategy } from './update-strategy';
import { ClusterProfile } from '../core/cluster-profile';
import { wholeSeconds } from '../core/durations';
import { MeshMembership } from '../core/mesh-mode';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { IWorkloadVersion } from '../core/route-target';
import { IWorkload } from '../core/workload';
import { instanceOf, NUMBER, TEXT, usable } from '../core/wrong-type';

const APPS = 'apps/v1';

/**
 * What a version takes from its service.
 * @internal
 */
export interface VersionInput {
  readonly service: IWorkload;
  readonly subset: string;
  /** Whether the name of the version was said. */
  readonly named: boolean;
  readonly props: ContainerTemplateProps & { readonly image?: string };
  readonly ports: readonly ContainerPort[];
  readonly labels: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  /** Whether the service account is the service's own. */
  readonly ownAccount: boolean;
  /** Port of the metrics where it takes no requests. */
  readonly metricsPort?: number;
  /** What all versions are bound to. */
  readonly bindings: Bindings;
  /** Port that the sidecar leaves alone. */
  readonly openPort: () => number | undefined;
}

/** A version of a container service: a Deployment with its autoscaler and its disruption budget. Made by `ContainerService`. */
export class ContainerVersion extends Construct implements IWorkloadVersion {
  /** @internal */
  public static _of(scope: Construct, id: string, input: VersionInput): ContainerVersion {
    return new ContainerVersion(scope, id, input);
  }

  /** The Deployment. */
  public readonly apiObject: ApiObject;
  /** The HorizontalPodAutoscaler; undefined where a fixed number of pods runs. */
  public readonly autoscalerObject?: ApiObject;
  /** The PodDisruptionBudget; undefined where there is none. */
  public readonly budgetObject?: ApiObject;
  /** Name of the Deployment. */
  public readonly deploymentName: string;
  /** The service that it is a version of. */
  public readonly workload: IWorkload;
  /** Name of the version, which is the value of the label `version` and the name of its subset. */
  public readonly subset: string;

  private readonly input: VersionInput;

  private constructor(scope: Construct, id: string, input: VersionInput) {
    super(scope, id);
    this.input = input;
    this.workload = input.service;
    this.subset = input.subset;
    const { workloadName } = input.service;
    this.deploymentName = input.named ? `${workloadName}-${input.subset}` : workloadName;
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: APPS, kind: 'Deployment' },
      metadata: { name: this.deploymentName, labels: { ...input.labels, ...this.podLabels }, annotations: input.annotations },
      fields: { spec: () => this.deployment() },
    });
    this.autoscalerObject = this.autoscaler();
    this.budgetObject = this.budget();
    reportProblems(this, () => [...versionProblems(input.props, this.subset, this.leastPods, input.service.meshMembership), ...input.bindings.problems(input.props)]);
  }

  /** Fully qualified host of the service, which all versions share. */
  public get serviceHost(): string {
    return this.workload.serviceHost;
  }

  /** Port of that host. */
  public get servicePort(): number {
    return this.workload.servicePort;
  }

  /** Labels of the pods of this version. */
  public get podLabels(): { [key: string]: string } {
    return { ...this.workload.podSelector, version: this.subset };
  }

  private get leastPods(): number {
    const scaling = usable(this.input.props.autoscaling, SCALING);
    return scaling ? fewestPods(scaling) : usable(this.input.props.replicas, NUMBER) ?? 2;
  }

  private get scales(): boolean {
    return usable(this.input.props.autoscaling, SCALING) !== undefined;
  }

  private deployment(): object {
    const { props, ports, service } = this.input;
    const profile = ClusterProfile.of(this);
    return {
      // an autoscaler's number would be set back by every apply
      replicas: this.scales ? undefined : this.leastPods,
      revisionHistoryLimit: usable(props.revisionHistoryLimit, NUMBER),
      minReadySeconds: wholeSeconds(props.minReady),
      progressDeadlineSeconds: wholeSeconds(props.progressDeadline),
      selector: { matchLabels: this.podLabels },
      strategy: (usable(props.updateStrategy, instanceOf(UpdateStrategy, '')) ?? UpdateStrategy.rolling())._toJson(),
      template: renderPodTemplate({
        name: service.workloadName,
        image: usable(props.image, TEXT),
        props: this.input.bindings.applyTo(props),
        ports,
        metricsPort: this.input.metricsPort,
        selector: this.podLabels,
        profile,
        membership: service.meshMembership,
        serviceAccountName: service.serviceAccountName,
        ownAccount: this.input.ownAccount,
        openPort: service.meshMembership === MeshMembership.SIDECAR ? this.input.openPort() : undefined,
        several: this.leastPods > 1,
      }),
    };
  }

  private autoscaler(): ApiObject | undefined {
    const scaling = usable(this.input.props.autoscaling, SCALING);
    return scaling && resource(this, 'Autoscaler', {
      gvk: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      metadata: { name: this.deploymentName, labels: { ...this.podLabels } },
      fields: {
        spec: () => ({
          scaleTargetRef: { apiVersion: APPS, kind: 'Deployment', name: this.deploymentName },
          ...renderScaling(scaling, this.workload.workloadName),
        }),
      },
    });
  }

  private budget(): ApiObject | undefined {
    const said = usable(this.input.props.disruptionBudget, instanceOf(DisruptionBudget, ''));
    const budget = (said ?? (this.leastPods > 1 ? DisruptionBudget.maxUnavailable(1) : DisruptionBudget.none()))._toJson();
    return budget && resource(this, 'DisruptionBudget', {
      gvk: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
      metadata: { name: this.deploymentName, labels: { ...this.podLabels } },
      fields: { spec: () => ({ ...budget, selector: { matchLabels: this.podLabels } }) },
    });
  }
}
