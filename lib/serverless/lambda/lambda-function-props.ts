import type { Duration, Size } from 'cdk8s';
import type { AwsResource } from './aws-resource';
import type { LambdaCode } from './lambda-code';
import type { LambdaEndpoint } from './lambda-endpoint';
import type { LambdaArchitecture, LambdaLogFormat, LambdaLogLevel, LambdaUrlAuth } from './lambda-settings';

/** A VPC that a function is connected to. It then reaches other networks only through that VPC. */
export interface LambdaVpc {
  /** Subnets, best one a zone; all by identifier or all by object. */
  readonly subnets: AwsResource[];

  /** Security groups; all by identifier or all by object. */
  readonly securityGroups: AwsResource[];
}

/** What becomes of requests that nobody waits for. */
export interface LambdaAsyncOptions {
  /**
   * How often an invocation that failed is repeated, 0 to 2 times.
   * @default - Lambda's 2
   */
  readonly retries?: number;

  /**
   * How old an event may get before it is given up, 60 seconds to 6 hours.
   * @default - Lambda's 6 hours
   */
  readonly maxEventAge?: Duration;

  /**
   * ARN of the queue, topic, bus or function that gets what failed, with request and error.
   * @default - nobody does
   */
  readonly onFailure?: string;

  /**
   * ARN of the queue, topic, bus or function that gets the results.
   * @default - nobody does
   */
  readonly onSuccess?: string;
}

/** An access point of EFS in the file system of a function. Needs a VPC. */
export interface LambdaFileSystem {
  /** ARN of the access point. */
  readonly accessPointArn: string;

  /** Where it is mounted, below `/mnt/`. */
  readonly mountPath: string;
}

/** Where the logs of a function go. */
export interface LambdaLogging {
  /**
   * Log group of CloudWatch.
   * @default - `/aws/lambda/` and the name of the function
   */
  readonly group?: string;

  /**
   * How lines are written.
   * @default - LambdaLogFormat.JSON where a level is given, otherwise Lambda's own, which is text
   */
  readonly format?: LambdaLogFormat;

  /**
   * Least severe lines of the application that are kept. Only with JSON.
   * @default - Lambda's INFO
   */
  readonly applicationLevel?: LambdaLogLevel;

  /**
   * Least severe lines of Lambda itself that are kept: DEBUG, INFO or WARN. Only with JSON.
   * @default - Lambda's INFO
   */
  readonly systemLevel?: LambdaLogLevel;
}

/** Which pages of other origins may call the URL of a function. */
export interface LambdaCors {
  /** Origins, `https://` and host, or `*`. */
  readonly allowOrigins: string[];

  /**
   * Methods, or `*`.
   * @default - none but those that need no leave
   */
  readonly allowMethods?: string[];

  /**
   * Request headers, or `*`.
   * @default - none but those that need no leave
   */
  readonly allowHeaders?: string[];

  /**
   * Response headers that pages may read, or `*`.
   * @default - none but those that need no leave
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether cookies and other credentials are sent along.
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long browsers may remember the answer, up to 24 hours.
   * @default - they do not
   */
  readonly maxAge?: Duration;
}

/** The URL of a function. */
export interface LambdaUrl {
  /**
   * Who may send requests.
   * @default LambdaUrlAuth.AWS_IAM
   */
  readonly auth?: LambdaUrlAuth;

  /**
   * Which pages of other origins may call it.
   * @default - none
   */
  readonly cors?: LambdaCors;

  /**
   * Alias that takes the requests.
   * @default - the latest code
   */
  readonly alias?: string;
}

/** What a function of AWS Lambda is. */
export interface LambdaFunctionProps {
  /** Its code. */
  readonly code: LambdaCode;

  /** Role of IAM that the function takes on: what it may do in AWS. */
  readonly role: AwsResource;

  /**
   * Name of the function at AWS: letters, digits, `-` and `_`, at most 64. Another name is another function.
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * What it is for, at most 256 characters.
   * @default - nothing is said
   */
  readonly description?: string;

  /**
   * Memory, 128 to 10240 MiB; CPU grows with it.
   * @default - Lambda's 128 MiB
   */
  readonly memory?: Size;

  /**
   * How long an invocation may take, 1 to 900 whole seconds.
   * @default - Lambda's 3 seconds
   */
  readonly timeout?: Duration;

  /**
   * Environment variables, at most 4 KB together. Whoever may read the object or the function reads them: a secret belongs into Secrets Manager
   * or the Parameter Store, and its name into a variable.
   * @default - none but Lambda's own
   */
  readonly env?: { [name: string]: string };

  /**
   * Processor.
   * @default - Lambda's, which is x86
   */
  readonly architecture?: LambdaArchitecture;

  /**
   * Size of `/tmp`, 512 to 10240 MiB.
   * @default - Lambda's 512 MiB
   */
  readonly ephemeralStorage?: Size;

  /**
   * ARNs of layers with their version, at most 5. Only for code in a zip archive.
   * @default - none
   */
  readonly layers?: string[];

  /**
   * Invocations at a time that are kept for this function, which are also the most that it gets; 0 stops it.
   * @default - it shares what the account has
   */
  readonly reservedConcurrency?: number;

  /**
   * The VPC that it is connected to.
   * @default - none: it reaches the internet and no private network
   */
  readonly vpc?: LambdaVpc;

  /**
   * File system of EFS.
   * @default - none
   */
  readonly fileSystem?: LambdaFileSystem;

  /**
   * Whether requests are sampled and traced with X-Ray.
   * @default false: only requests that arrive sampled are traced
   */
  readonly tracing?: boolean;

  /**
   * Whether new environments start from a snapshot of an initialized one. Holds for published versions only, so the first one is published with the
   * function; later ones are `Version` objects.
   * @default false
   */
  readonly snapStart?: boolean;

  /**
   * Whether a first version is published with the function.
   * @default - true with `snapStart`, otherwise false
   */
  readonly publish?: boolean;

  /**
   * ARN of the queue (SQS) or topic (SNS) that gets the events of failed invocations that nobody waited for.
   * @default - they are lost
   */
  readonly deadLetterArn?: string;

  /**
   * What becomes of requests that nobody waits for.
   * @default - Lambda's defaults
   */
  readonly asyncInvocation?: LambdaAsyncOptions;

  /**
   * Logs.
   * @default - text in a log group of its own
   */
  readonly logging?: LambdaLogging;

  /**
   * Key of KMS that encrypts variables and snapshots.
   * @default - a key of AWS
   */
  readonly kmsKey?: AwsResource;

  /**
   * Code signing configuration. Only for code in a zip archive.
   * @default - unsigned code is taken
   */
  readonly codeSigning?: AwsResource;

  /**
   * Tags at AWS.
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * A URL of its own.
   * @default - none
   */
  readonly url?: LambdaUrl;

  /**
   * Where pods reach the function. The mesh is told of the host and puts TLS around requests that leave for it on port 80.
   * @default - the app does not call it
   */
  readonly endpoint?: LambdaEndpoint;

  /**
   * Labels of the object.
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object; ACK's own begin with `services.k8s.aws/`, such as `services.k8s.aws/region` and `services.k8s.aws/deletion-policy`.
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}
