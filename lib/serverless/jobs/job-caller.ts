import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { jobProblems } from './job-problems';
import type { JobTemplateProps } from './job-props';
import { renderJob } from './job-template';
import { MeshIdentity } from '../../core/caller';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { labelledPodMembership } from '../../core/membership';
import { MeshMembership } from '../../core/mesh-mode';
import { namespaceOf } from '../../core/names';
import { ProblemReport, reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { FLAG, TEXT, TEXT_MAP, usable } from '../../core/wrong-type';
import { BindAs, BindingSource } from '../binding';
import { Bindings } from '../bindings';
import { membershipProblems, serviceAccountProblems } from '../serverless-service-problems';

/** Pods that run to their end: they call others under an identity of their own, and nobody calls them. Made by `MeshJob` and `MeshCronJob`. */
export abstract class JobCaller extends Construct {
  /** The Job or CronJob, for patches that this construct knows nothing of. */
  public readonly apiObject: ApiObject;
  /** Name of the object. */
  public readonly jobName: string;
  /** Namespace of the pods. */
  public readonly jobNamespace: string;
  /** Service account of the pods, which is their identity in the mesh. */
  public readonly serviceAccountName: string;

  private readonly template: JobTemplateProps;
  private readonly noun: string;
  private readonly bindings = new Bindings();

  protected constructor(scope: Construct, id: string, kind: string, template: JobTemplateProps) {
    super(scope, id);
    this.template = template;
    this.noun = kind === 'Job' ? 'job' : 'cron job';
    this.jobName = usable(template.name, TEXT) ?? id;
    this.jobNamespace = namespaceOf(this);
    this.serviceAccountName = usable(template.serviceAccount?.name, TEXT) ?? this.jobName;
    if (!template.serviceAccount) {
      resource(this, 'ServiceAccount', {
        gvk: { apiVersion: 'v1', kind: 'ServiceAccount' },
        metadata: { name: this.serviceAccountName },
        fields: { automountServiceAccountToken: () => usable(template.automountServiceAccountToken, FLAG) ?? false },
      });
    }
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'batch/v1', kind },
      metadata: {
        name: this.jobName,
        labels: { ...usable(template.labels, TEXT_MAP), app: this.jobName },
        annotations: usable(template.annotations, TEXT_MAP),
      },
      fields: { spec: () => this._spec() },
    });
    Intents.of(this);
    reportProblems(this, () => [
      ...jobProblems(template, this.meshMembership),
      ...this.bindings.problems(template),
      ...this._problems(),
      ...membershipProblems(template, this.meshMembership, this.jobNamespace),
      ...serviceAccountProblems(template.serviceAccount, this.jobNamespace),
    ]);
  }

  /** How the mesh sees the requests that the pods send. */
  public get meshIdentity(): MeshIdentity {
    return MeshIdentity.serviceAccount(this.jobNamespace, this.serviceAccountName);
  }

  /** Whether and how the pods are in the mesh. */
  public get meshMembership(): MeshMembership {
    return this.template.inMesh === false || this.template.hostNetwork === true ? MeshMembership.OUTSIDE : labelledPodMembership(this, this.jobNamespace);
  }

  /** Labels by which the network knows the pods. */
  public get podLabels(): { [key: string]: string } | undefined {
    return { app: this.jobName };
  }

  /** What messages call the job. */
  public get callerName(): string {
    return `${this.noun} ${this.jobNamespace}/${this.jobName}`;
  }

  /**
   * Gives the program what it needs of the cluster.
   * @param source what it needs
   * @param how as what it sees it
   */
  public bind(source: BindingSource, how: BindAs): void {
    this.bindings.add(source, how);
  }

  /**
   * What the object says.
   * @internal
   */
  protected abstract _spec(): object;

  /** @internal */
  protected abstract _problems(): ProblemReport[];

  /**
   * What every job says, by itself or as the template of a CronJob.
   * @internal
   */
  protected _job(): Record<string, unknown> {
    return renderJob({
      name: this.jobName,
      props: this.bindings.applyTo(this.template),
      profile: ClusterProfile.of(this),
      membership: this.meshMembership,
      serviceAccountName: this.serviceAccountName,
    });
  }
}
