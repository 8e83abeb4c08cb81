import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { LAMBDA_ENDPOINT, LambdaEndpoint } from './lambda-endpoint';
import type { LambdaFunctionProps } from './lambda-function-props';
import { lambdaProblems } from './lambda-problems';
import { functionSpec, urlSpec } from './lambda-spec';
import { Function as AckFunction, FunctionUrlConfig, toJson_FunctionSpec, toJson_FunctionUrlConfigSpec } from '../../../imports/lambda.services.k8s.aws';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';
import { MeshMode } from '../../core/mesh-mode';
import { reportProblems } from '../../core/problem';
import { resource } from '../../core/resource';
import { TEXT, usable } from '../../core/wrong-type';

export {
  LambdaAsyncOptions, LambdaCors, LambdaFileSystem, LambdaFunctionProps, LambdaLogging, LambdaUrl, LambdaVpc,
} from './lambda-function-props';

/**
 * A function of AWS Lambda, made by the Lambda controller of ACK. It has no pods, so no policy of the mesh guards it: what may invoke it is IAM's
 * to say. Pods reach it as a host outside of the cluster.
 *
 * @see https://aws-controllers-k8s.github.io/community/reference/lambda/v1alpha1/function/
 */
export class LambdaFunction extends Construct {
  /** The Function, for patches that this construct knows nothing of. */
  public readonly apiObject: ApiObject;
  /** The FunctionURLConfig; undefined where the function has no URL of its own. */
  public readonly urlObject?: ApiObject;
  /** Name of the function at AWS. */
  public readonly functionName: string;

  private readonly endpoint?: LambdaEndpoint;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const given: LambdaFunctionProps = props ?? {};
    this.functionName = usable(given.name, TEXT) ?? id;
    const name = objectName(this.functionName);
    const metadata = { name, labels: given.labels, annotations: given.annotations };

    this.apiObject = resource(this, 'Resource', {
      gvk: AckFunction.GVK,
      metadata,
      fields: { spec: () => toJson_FunctionSpec(functionSpec(this.functionName, given)) },
    });
    const { url } = given;
    if (url) {
      this.urlObject = resource(this, 'Url', {
        gvk: FunctionUrlConfig.GVK,
        metadata,
        fields: { spec: () => toJson_FunctionUrlConfigSpec(urlSpec(name, url)) },
      });
    }
    reportProblems(this, () => lambdaProblems(given));
    Intents.of(this);

    this.endpoint = usable(given.endpoint, LAMBDA_ENDPOINT);
    if (this.endpoint) this.announce(this.endpoint.hostName);
  }

  /** Host at which the function takes requests; undefined where no endpoint was given. */
  public get host(): string | undefined {
    return this.endpoint?.hostName;
  }

  /** URL at which the function takes requests from anywhere; undefined where no endpoint was given. */
  public get url(): string | undefined {
    return this.endpoint && `https://${this.endpoint.hostName}${this.endpoint._pathTo(this.functionName)}`;
  }

  /**
   * URL for pods with a sidecar: they send plain HTTP, the sidecar measures and retries it and puts TLS around it. Outside of a sidecar mesh it is
   * the same as `url`; undefined where no endpoint was given.
   */
  public get meshUrl(): string | undefined {
    return this.behindSidecars ? this.url?.replace('https://', 'http://') : this.url;
  }

  private get behindSidecars(): boolean {
    return ClusterProfile.of(this).mesh === MeshMode.SIDECAR;
  }

  private announce(host: string): void {
    const https = { number: 443, name: 'https', protocol: 'HTTPS' };
    const plain = { number: 80, name: 'http-tls-origination', protocol: 'HTTP', targetPort: 443, originatesTls: true };
    Intents.of(this).externals.add({ host, ports: this.behindSidecars ? [plain, https] : [https], construct: this });
  }
}

/** Names of objects take neither capitals nor underscores. */
function objectName(functionName: string): string {
  return functionName.toLowerCase().replace(/_/g, '-');
}
