import { ProblemReport } from '../../core/problem';
import { instanceOf, TEXT, wrongType } from '../../core/wrong-type';

/** Where a function takes requests. AWS decides on the host, so it has to be said here. */
export class LambdaEndpoint {
  /**
   * The URL of the function. AWS makes its first part up when the URL is created; the status of the FunctionURLConfig shows it.
   * @param urlId what stands before `.lambda-url`
   * @param region region of the function, as in `eu-central-1`
   */
  public static functionUrl(urlId: string, region: string): LambdaEndpoint {
    return new LambdaEndpoint(`${urlId}.lambda-url.${region}.on.aws`, undefined,
      () => [...wrongType('endpoint.urlId', urlId ?? {}, TEXT), ...wrongType('endpoint.region', region ?? {}, TEXT)]);
  }

  /**
   * The API of Lambda, which invokes any function of a region. Requests are signed by whoever sends them, with AWS Signature Version 4.
   * @param region region of the function, as in `eu-central-1`
   */
  public static invokeApi(region: string): LambdaEndpoint {
    return new LambdaEndpoint(`lambda.${region}.amazonaws.com`, 'api', () => wrongType('endpoint.region', region ?? {}, TEXT));
  }

  /**
   * Another host: a VPC endpoint, a domain of your own, a partition of AWS with other names.
   * @param host the host, without scheme and path
   */
  public static host(host: string): LambdaEndpoint {
    return new LambdaEndpoint(host, undefined, () => wrongType('endpoint.host', host ?? {}, TEXT));
  }

  private constructor(
    /** Host that takes the requests. */
    public readonly hostName: string,
    private readonly kind: 'api' | undefined,
    private readonly problems: () => ProblemReport[],
  ) {}

  /** @internal */
  public _pathTo(functionName: string): string {
    return this.kind === 'api' ? `/2015-03-31/functions/${functionName}/invocations` : '/';
  }

  /** @internal */
  public _problems(): ProblemReport[] {
    return this.problems();
  }
}

export const LAMBDA_ENDPOINT = instanceOf(LambdaEndpoint, "use a factory, as in LambdaEndpoint.functionUrl('abc123', 'eu-central-1')");
