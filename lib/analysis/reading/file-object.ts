import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { FileDocument } from './file-document';
import { Manifest } from '../../core/rendering';
import { stringOf } from '../values';

const FILE_OBJECT = Symbol.for('cdk8s-serverless-mesh.file-object');

/** An object of a file as a construct, so that every rule sees it as it sees the objects of an app. */
export class FileObject extends ApiObject {
  public static is(construct: IConstruct): construct is FileObject {
    return FILE_OBJECT in construct;
  }

  constructor(scope: Construct, id: string, public readonly document: FileDocument) {
    // what is written may be anything; cdk8s only takes texts, and makes a name up where there is none
    const { apiVersion, kind, metadata } = document.manifest;
    super(scope, id, {
      apiVersion: apiVersion.split('/').length > 2 ? 'v1' : apiVersion,
      kind,
      metadata: { name: stringOf(metadata?.name) ?? id, namespace: stringOf(metadata?.namespace) },
    });
    Object.defineProperty(this, FILE_OBJECT, { value: true });
  }

  public toJson(): Manifest {
    return this.document.manifest;
  }
}
