import { createHash } from 'crypto';
import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Intents } from '../core/intents';
import { ProblemReport, reportProblems } from '../core/problem';
import { resource } from '../core/resource';
import { isUnresolved } from '../core/unresolved';
import { TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

/** Configuration that never changes under its name. */
export interface HashedConfigMapProps {
  /**
   * What the name begins with; a hash of the content follows.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Keys and their text.
   * @default - none
   */
  readonly data?: { [key: string]: string };

  /**
   * Keys and their content in base64.
   * @default - none
   */
  readonly binaryData?: { [key: string]: string };

  /**
   * Further annotations, such as those that keep a delivery tool from deleting what older revisions still read.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/**
 * An immutable ConfigMap whose name ends in a hash of its content. Whatever refers to it changes together with the content: a Knative service gets a
 * new revision, which traffic moves to and back from, while older revisions go on with what they were made with. So keep the ConfigMaps of
 * revisions that still get traffic.
 */
export class HashedConfigMap extends Construct implements kplus.IConfigMap {
  /** The ConfigMap, as an escape hatch; its name follows from the properties alone, not from patches. */
  public readonly apiObject: ApiObject;
  /** Its name, with the hash. */
  public readonly name: string;
  /** API version of ConfigMaps. */
  public readonly apiVersion: string = 'v1';
  /** API group of ConfigMaps. */
  public readonly apiGroup: string = '';
  /** Kind of ConfigMaps. */
  public readonly kind: string = 'ConfigMap';
  /** What RBAC calls ConfigMaps. */
  public readonly resourceType: string = 'configmaps';
  /** Its name, with the hash. */
  public readonly resourceName?: string;

  constructor(scope: Construct, id: string, props: HashedConfigMapProps = {}) {
    super(scope, id);
    const data = usable(props?.data, TEXT_MAP);
    const binaryData = usable(props?.binaryData, TEXT_MAP);
    this.name = `${usable(props?.name, TEXT) ?? id}-${hashOf([data, binaryData])}`;
    this.resourceName = this.name;
    this.apiObject = resource(this, 'Resource', {
      gvk: { apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: this.name, annotations: usable(props?.annotations, TEXT_MAP) },
      fields: { immutable: () => true, data: () => data, binaryData: () => binaryData },
    });
    reportProblems(this, () => [
      ...wrongType('name', props?.name, TEXT),
      ...wrongType('data', props?.data, TEXT_MAP),
      ...wrongType('binaryData', props?.binaryData, TEXT_MAP),
      ...wrongType('annotations', props?.annotations, TEXT_MAP),
      ...unknownContent('data', data),
      ...unknownContent('binaryData', binaryData),
    ]);
    Intents.of(this);
  }
}

// the name has to be known before anything is deployed, and outputs of Pulumi are known after
function unknownContent(field: string, content: { [key: string]: string } | undefined): ProblemReport[] {
  return Object.entries(content ?? {}).filter(entry => entry.some(isUnresolved)).map(([key]) => ({
    code: 'SM1409',
    field: `${field}.${key}`,
    reason: 'an output of Pulumi is part of the content, so the name would stay the same when the output changes, and no revision would be made',
    fix: 'keep outputs in environment variables (EnvValue.fromValue(fromPulumi.string(...))), which make a revision by themselves, or in a plain ConfigMap',
  }));
}

function hashOf(parts: ({ [key: string]: string } | undefined)[]): string {
  const sorted = parts.map(part => Object.entries(part ?? {}).sort(([a], [b]) => a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 10);
}
