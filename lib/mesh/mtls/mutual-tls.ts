import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { knativeWebhooks, WEBHOOK_PORT } from './knative-webhooks';
import { MtlsMode } from './mtls-mode';
import { mutualTlsProblems } from './mutual-tls-problems';
import { PeerRule, Pods } from './peer-rule';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { namespaceOf } from '../../core/names';
import { reportProblems } from '../../core/problem';
import { IRequestTarget, IWorkload } from '../../core/workload';
import { listOf, memberOf, optionsLike, usable, wrongType } from '../../core/wrong-type';
import { isPolicy } from '../policies';
import { targetName, usableTarget } from '../policy-target';

/** A port that accepts something else than the others. */
export interface MtlsPort {
  /** Number of a port of the pods, not of the Service in front of them. */
  readonly port: number;

  /** What it accepts. */
  readonly mode: MtlsMode;
}

/** What pods accept. */
export interface MutualTlsProps {
  /**
   * The pods: those of a workload, or pods that the app does not make (`RequestTarget.pods`).
   * @default - all of the namespace for which nothing else is said
   */
  readonly target?: IRequestTarget;

  /**
   * The namespace, where no target is named.
   * @default - the chart's, or `default` where the chart names none
   */
  readonly namespace?: string;

  /**
   * What they accept.
   * @default MtlsMode.STRICT
   */
  readonly mode?: MtlsMode;

  /**
   * Ports that accept something else. Only where a target is named: without one the API server refuses them.
   * @default - none
   */
  readonly ports?: MtlsPort[];
}

const MODE = memberOf('MtlsMode', MtlsMode);
const PORTS = listOf(optionsLike<MtlsPort>('an object with port and mode', 'pass [{ port: 9464, mode: MtlsMode.PERMISSIVE }]'));

/**
 * What the pods of a namespace, or of one workload, accept: mutual TLS, plain text, or both. Several of them on the same pods are one, as Istio looks at the
 * oldest PeerAuthentication alone. In a namespace of Knative that asks for mutual TLS the webhooks, which the API server calls in TLS of its own, are exempt.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export class MutualTls extends Construct {
  /** What is said of the pods of a workload, by anybody; undefined while only its namespace decides. */
  public static of(target: IWorkload): MutualTls | undefined {
    return TARGETS.get(target);
  }

  /** @internal */
  public static _ensure(target: IWorkload): MutualTls {
    return TARGETS.get(target) ?? new MutualTls(target as unknown as Construct, 'MutualTls', { target, mode: MtlsMode.INHERITED });
  }

  /** The pods; undefined where all of the namespace are meant. */
  public readonly target?: IRequestTarget;
  /** Their namespace. */
  public readonly namespace: string;
  /** What they accept. */
  public readonly mode: MtlsMode;
  /** The PeerAuthentication of the pods, as an escape hatch. */
  public readonly apiObject: ApiObject;

  private readonly rule: PeerRule;

  constructor(scope: Construct, id: string, props: MutualTlsProps = {}) {
    super(scope, id);
    Intents.of(this);
    const { target, namespace, mode, ports } = props ?? {};
    this.target = target === undefined ? undefined : usableTarget(this, target);
    this.namespace = this.target?.workloadNamespace ?? namespace ?? namespaceOf(this);
    this.mode = usable(mode, MODE) ?? MtlsMode.STRICT;
    this.rule = PeerRule.ensure(this.pods(), this);
    this.apiObject = this.rule.apiObject;
    this.rule.say({ construct: this, mode: this.mode });
    usable(ports, PORTS)?.forEach(said => this.addPort(said.port, said.mode));
    if (this.target !== undefined && !TARGETS.has(this.target)) TARGETS.set(this.target, this);
    this.exemptWebhooks();
    reportProblems(this, () => [...wrongType('mode', mode, MODE), ...wrongType('ports', ports, PORTS)]);
    reportProblems(this, () => [
      ...isPolicy(this.node.scope) ? [] : mutualTlsProblems(this, { namespace: this.namespace, mode: this.mode, target: this.target, field: 'mode' }),
      ...this.rule.contradictions(this),
    ]);
  }

  /**
   * Says that a port accepts something else than the others.
   * @param port a port of the pods, not of the Service in front of them
   * @param mode what it accepts; mutual TLS and plain text unless said otherwise
   */
  public addPort(port: number, mode: MtlsMode = MtlsMode.PERMISSIVE): void {
    this.rule.say({ construct: this, port, mode });
  }

  private pods(): Pods {
    const { target, namespace } = this;
    // of several selector-less ones only the oldest counts, so there is one, under the name that everybody looks for
    if (target === undefined) return { namespace, labels: {}, name: 'default' };
    return { namespace, labels: target.podSelector, name: targetName(target, this) };
  }

  private exemptWebhooks(): void {
    if (this.target !== undefined || this.mode !== MtlsMode.STRICT) return;
    for (const webhook of knativeWebhooks(this.namespace, ClusterProfile.of(this))) {
      PeerRule.ensure({ namespace: this.namespace, ...webhook }, new Construct(this, webhook.name)).say({ construct: this, port: WEBHOOK_PORT, mode: MtlsMode.PERMISSIVE });
    }
  }
}

const TARGETS = new WeakMap<IRequestTarget, MutualTls>();
