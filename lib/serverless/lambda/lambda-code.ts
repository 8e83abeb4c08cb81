import { AWS_RESOURCE, AwsResource, referenceTo } from './aws-resource';
import { LambdaRuntime } from './lambda-runtime';
import { FunctionSpec } from '../../../imports/lambda.services.k8s.aws';
import { ProblemReport } from '../../core/problem';
import { instanceOf, TEXT, TEXTS, usable, wrongType } from '../../core/wrong-type';

/** What runs a zip archive and where it begins. */
export interface LambdaZipOptions {
  /** What runs the code. */
  readonly runtime: LambdaRuntime;

  /** Where the code begins, in the form of the runtime: `index.handler`, `app.lambda_handler`, `com.example.Resize::handleRequest`; without spaces, at most 128 characters. */
  readonly handler: string;

  /**
   * SHA-256 of the archive, base64-encoded, as `openssl dgst -sha256 -binary function.zip | base64` gives it. The controller looks at nothing
   * else to find out that there is new code.
   * @default - code that changes is not deployed: the function keeps the code with which it was created
   */
  readonly sha256?: string;
}

/** An archive in a bucket. */
export interface LambdaS3Options extends LambdaZipOptions {
  /** The bucket, in the region of the function. */
  readonly bucket: AwsResource;

  /** Key of the archive in the bucket. */
  readonly key: string;

  /**
   * Version of the object, in a bucket with versions.
   * @default - the latest
   */
  readonly objectVersion?: string;
}

/** What differs from the image's own settings. */
export interface LambdaImageOptions {
  /**
   * Arguments of what is run.
   * @default - those of the image
   */
  readonly command?: string[];

  /**
   * What is run.
   * @default - the entry point of the image
   */
  readonly entryPoint?: string[];

  /**
   * Directory in which it is run.
   * @default - that of the image
   */
  readonly workingDirectory?: string;
}

const RUNTIME = instanceOf(LambdaRuntime, 'use one, as in LambdaRuntime.PYTHON_3_14');

type Rendered = Pick<FunctionSpec, 'code' | 'packageType' | 'runtime' | 'handler' | 'imageConfig'>;

/** The code of a function. */
export class LambdaCode {
  /** A zip archive in a bucket. */
  public static fromBucket(options: LambdaS3Options): LambdaCode {
    const { bucket, key, objectVersion } = options ?? {};
    const source = usable(bucket, AWS_RESOURCE);
    return LambdaCode.zip(options, {
      s3Bucket: source?._identifier,
      s3BucketRef: referenceTo(source),
      s3Key: usable(key, TEXT),
      s3ObjectVersion: usable(objectVersion, TEXT),
    }, () => [
      ...wrongType('code.bucket', bucket ?? 'nothing', AWS_RESOURCE),
      ...wrongType('code.key', key ?? {}, TEXT),
      ...wrongType('code.objectVersion', objectVersion, TEXT),
    ]);
  }

  /**
   * A zip archive that is part of the object itself, for a few lines of code.
   * @param archive the archive, base64-encoded; it counts towards the 1.5 MiB that etcd takes
   */
  public static fromZip(archive: string, options: LambdaZipOptions): LambdaCode {
    return LambdaCode.zip(options, { zipFile: usable(archive, TEXT) }, () => wrongType('code.archive', archive ?? {}, TEXT));
  }

  /**
   * An image in a registry of ECR in the region of the function.
   * @param uri image with its digest or with a tag that is never pushed twice: the controller only sees that the text changes
   */
  public static fromImage(uri: string, options: LambdaImageOptions = {}): LambdaCode {
    const { command, entryPoint, workingDirectory } = options ?? {};
    const given = command ?? entryPoint ?? workingDirectory;
    return new LambdaCode({
      packageType: 'Image',
      code: { imageUri: usable(uri, TEXT) },
      imageConfig: given === undefined ? undefined : {
        command: usable(command, TEXTS),
        entryPoint: usable(entryPoint, TEXTS),
        workingDirectory: usable(workingDirectory, TEXT),
      },
    }, () => [
      ...wrongType('code.uri', uri ?? {}, TEXT),
      ...wrongType('code.command', command, TEXTS),
      ...wrongType('code.entryPoint', entryPoint, TEXTS),
      ...wrongType('code.workingDirectory', workingDirectory, TEXT),
    ]);
  }

  private static zip(options: LambdaZipOptions, code: FunctionSpec['code'], problems: () => ProblemReport[]): LambdaCode {
    const { runtime, handler, sha256 } = options ?? {};
    return new LambdaCode({
      // without it the controller ignores the hash
      packageType: 'Zip',
      code: { ...code, sha256: usable(sha256, TEXT) },
      runtime: usable(runtime, RUNTIME)?.identifier,
      handler: usable(handler, TEXT),
    }, () => [
      ...problems(),
      ...wrongType('code.runtime', runtime ?? 'nothing', RUNTIME),
      ...wrongType('code.handler', handler ?? {}, TEXT),
      ...wrongType('code.sha256', sha256, TEXT),
    ]);
  }

  private constructor(private readonly fields: Rendered, private readonly problems: () => ProblemReport[]) {}

  /** @internal */
  public _fields(): Rendered {
    return this.fields;
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return this.problems();
  }
}

export const LAMBDA_CODE = instanceOf(LambdaCode, 'use a factory, as in LambdaCode.fromImage(...) or LambdaCode.fromBucket({ ... })');
