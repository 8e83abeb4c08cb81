import { Expected, instanceOf } from '../../core/wrong-type';

/**
 * Something of AWS that a function needs: a role, a key, a subnet. Either AWS already has it, or another object of the cluster makes it and
 * its controller fills in what AWS calls it.
 *
 * @see https://aws-controllers-k8s.github.io/community/docs/user-docs/references/
 */
export class AwsResource {
  /**
   * What AWS already has.
   * @param identifier its ARN where the property asks for a role, key or configuration; its id for a subnet or security group; its name for a bucket
   */
  public static byIdentifier(identifier: string): AwsResource {
    return new AwsResource(identifier);
  }

  /**
   * What a controller of ACK (IAM, KMS, EC2, S3) makes from an object of the cluster.
   * @param name name of the object
   * @param namespace its namespace, that of the function unless said otherwise
   */
  public static byObject(name: string, namespace?: string): AwsResource {
    return new AwsResource(undefined, { name, namespace });
  }

  private constructor(
    /** @internal */
    public readonly _identifier?: string,
    /** @internal */
    public readonly _object?: { readonly name: string; readonly namespace?: string },
  ) {}
}

export const AWS_RESOURCE: Expected<AwsResource> = instanceOf(AwsResource, "use AwsResource.byIdentifier('arn:...') or AwsResource.byObject('name')");

export const AWS_RESOURCES: Expected<AwsResource[]> = {
  what: 'a list of AwsResource',
  fix: AWS_RESOURCE.fix,
  holds: (value): value is AwsResource[] => Array.isArray(value) && value.every(entry => AWS_RESOURCE.holds(entry)),
};

/** The reference to the object, in the shape of every reference of ACK. */
export function referenceTo(resource: AwsResource | undefined): { from: { name: string; namespace?: string } } | undefined {
  return resource?._object ? { from: resource._object } : undefined;
}
