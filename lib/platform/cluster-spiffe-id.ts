import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterSpiffeid, ClusterSpiffeidSpec, toJson_ClusterSpiffeidSpec } from '../../imports/spire.spiffe.io';
import { ClusterProfile } from '../core/cluster-profile';
import { Intents } from '../core/intents';
import { resource } from '../core/resource';

/** Which pods get an identity of SPIRE. */
export interface ClusterSpiffeIdProps {
  /**
   * Name of the object.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Labels of the pods. With Istio these are the pods that take their certificates from SPIRE.
   * @default - { 'spiffe.io/spire-managed-identity': 'true' }
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Names of the namespaces of the pods.
   * @default - every namespace
   */
  readonly namespaces?: string[];

  /**
   * How long a certificate holds at most.
   * @default - as SPIRE is set up
   */
  readonly timeToLive?: Duration;

  /**
   * Trust domains whose bundles the pods get, so that they know callers of other clusters.
   * @default - none
   */
  readonly federatesWith?: string[];

  /**
   * Further names in the certificates, each a template of SPIRE.
   * @default - none
   */
  readonly dnsNames?: string[];

  /**
   * Class of the controller that is meant, where a cluster has several.
   * @default - the one without a class
   */
  readonly className?: string;
}

/**
 * Identities that SPIRE issues, spelled as Istio spells them and in the trust domain of the cluster profile, so that every policy of the app names the same.
 *
 * @see https://github.com/spiffe/spire-controller-manager/blob/main/docs/clusterspiffeid-crd.md
 * @see https://istio.io/latest/docs/ops/integrations/spire/
 */
export class ClusterSpiffeId extends Construct {
  /** The ClusterSPIFFEID, as an escape hatch. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: ClusterSpiffeIdProps = {}) {
    super(scope, id);
    Intents.of(this);
    this.apiObject = resource(this, 'Resource', {
      gvk: ClusterSpiffeid.GVK,
      metadata: { name: props.name ?? id },
      clusterScoped: true,
      fields: { spec: () => toJson_ClusterSpiffeidSpec(specOf(props, ClusterProfile.of(this))) },
    });
  }
}

function specOf(props: ClusterSpiffeIdProps, profile: ClusterProfile): ClusterSpiffeidSpec {
  const { namespaces, federatesWith, dnsNames, timeToLive, className } = props;
  return {
    spiffeIdTemplate: `spiffe://${profile.trustDomain}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}`,
    podSelector: { matchLabels: props.podLabels ?? { 'spiffe.io/spire-managed-identity': 'true' } },
    ...namespaces?.length ? { namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [...namespaces].sort() }] } } : {},
    ...federatesWith?.length ? { federatesWith: [...federatesWith] } : {},
    ...dnsNames?.length ? { dnsNameTemplates: [...dnsNames] } : {},
    ...timeToLive ? { ttl: `${timeToLive.toSeconds()}s` } : {},
    ...className === undefined ? {} : { className },
  };
}
