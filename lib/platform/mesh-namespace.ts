import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { InboundPolicy } from './inbound-policy';
import { membershipAnnotations, membershipLabels } from './membership-labels';
import { namespaceProblems } from './namespace-problems';
import { PodSecurityLevel } from './pod-security-level';
import { ClusterProfile } from '../core/cluster-profile';
import { Intents } from '../core/intents';
import { MeshMembership } from '../core/mesh-mode';
import { reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { labelForWaypoints } from '../core/waypoints';

const INBOUND_POLICY = 'config.linkerd.io/default-inbound-policy';

/** A namespace and how its pods live in the mesh. */
export interface MeshNamespaceProps {
  /**
   * Its name, a DNS label.
   * @default - the chart's namespace, or the id where the chart names none
   */
  readonly name?: string;

  /**
   * Whether and how its pods are in the mesh.
   * @default - as the cluster profile's mesh mode has it
   */
  readonly mesh?: MeshMembership;

  /**
   * Revision tag of the Istio control plane that injects sidecars, such as `prod` or `1-29`.
   * @default - the default revision, by the label `istio-injection`
   */
  readonly revision?: string;

  /**
   * Whom the proxies of Linkerd let in where no grant decides. With DENY a workload takes requests of those alone who were granted access, by
   * `grantInvoke` or a `LinkerdAccess`.
   * @default - what Linkerd was installed with; it ships ALL_UNAUTHENTICATED
   */
  readonly inboundPolicy?: InboundPolicy;

  /**
   * What pods may ask for. Pods beyond it are refused, pods beyond `restricted` are reported.
   * @default - RESTRICTED; BASELINE where sidecars of Istio are injected that have no seccomp profile (see `ClusterProfile.sidecarSeccompProfile`);
   * PRIVILEGED where Linkerd sets up redirection by an init container (see `ClusterProfile.linkerdCni`)
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * Further labels.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A namespace whose labels put its pods into the mesh, or keep them out, and bound what they may do.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export class MeshNamespace extends Construct {
  /** Its name. */
  public readonly name: string;
  /** Whether and how its pods are in the mesh. */
  public readonly mesh: MeshMembership;
  /** What its pods may ask for. */
  public readonly podSecurity: PodSecurityLevel;
  /** The Namespace, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: MeshNamespaceProps = {}) {
    super(scope, id);
    const intents = Intents.of(this);
    const profile = ClusterProfile.of(this);
    this.name = props.name ?? Chart.of(this).namespace ?? id;
    this.mesh = props.mesh ?? profile.defaultMembership;
    this.podSecurity = props.podSecurity ?? strictest(this.mesh, profile);
    const reported = props.podSecurity ?? PodSecurityLevel.RESTRICTED;
    const owned = {
      ...membershipLabels(this.mesh, profile.mesh, props.revision),
      'pod-security.kubernetes.io/enforce': this.podSecurity,
      'pod-security.kubernetes.io/audit': reported,
      'pod-security.kubernetes.io/warn': reported,
    };
    const annotations: { [key: string]: string } = {
      ...membershipAnnotations(this.mesh, profile.mesh),
      ...this.mesh === MeshMembership.LINKERD && props.inboundPolicy !== undefined ? { [INBOUND_POLICY]: props.inboundPolicy } : {},
    };
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'v1', kind: 'Namespace' },
      metadata: { name: this.name, labels: { ...props.labels, ...owned }, annotations: Object.keys(annotations).length > 0 ? annotations : undefined },
      clusterScoped: true,
      fields: {},
    });
    labelForWaypoints(this, this.apiObject, use => use.namespace === this.name && use.workload === undefined);
    intents.namespaces.add({ name: this.name, mesh: this.mesh, construct: this });
    if (props.inboundPolicy === InboundPolicy.DENY) intents.denyByDefault.add({ namespace: this.name, construct: this });
    reportProblems(this, () => namespaceProblems(props, this.mesh, profile, owned));
  }
}

/** The strictest level that the pods keep with what the mesh puts into them. */
function strictest(mesh: MeshMembership, profile: ClusterProfile): PodSecurityLevel {
  if (mesh === MeshMembership.SIDECAR && !profile.sidecarSeccompProfile) return PodSecurityLevel.BASELINE;
  return mesh === MeshMembership.LINKERD && !profile.linkerdCni ? PodSecurityLevel.PRIVILEGED : PodSecurityLevel.RESTRICTED;
}
