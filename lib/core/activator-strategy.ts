/**
 * What a policy on a Knative service relies on while Knative's activator may stand between caller and pod.
 *
 * A request that the activator forwards arrives with the activator's identity, not the caller's. So a rule that names the
 * caller denies it, and a rule that names the activator lets in whoever can reach the activator. What survives the activator is a token
 * in the request. Which of them it is needs a decision, hence this one.
 *
 * @see https://knative.dev/docs/serving/istio-authorization/
 */
export class ActivatorStrategy {
  /**
   * The activator is kept out of the path: `target-burst-capacity: "0"` and at least one pod. Policies verify the caller itself.
   * Costs one pod at all times; the service cannot scale to zero.
   */
  public static outOfPath(): ActivatorStrategy {
    return new ActivatorStrategy(false);
  }

  /**
   * Pods also accept what the activator forwards, limited to the granted methods and paths, whoever the caller is.
   * The service can scale to zero; who may call it is then only enforced on direct connections.
   */
  public static trusted(): ActivatorStrategy {
    return new ActivatorStrategy(true);
  }

  /**
   * Callers are known by their tokens, which the activator forwards as they are: pods accept what it forwards if the token is what was granted.
   * The service can scale to zero. Every grant asks for a token (`Caller.jwt`, or `token` beside the caller).
   */
  public static verifiedByToken(): ActivatorStrategy {
    return new ActivatorStrategy(true, true);
  }

  private constructor(
    /** Whether requests that the activator forwards are accepted. */
    public readonly trustsActivator: boolean,
    /** Whether every request has to bring a token. */
    public readonly requiresToken: boolean = false,
  ) {}
}
