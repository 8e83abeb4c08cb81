import { IConstruct } from 'constructs';
import type { Engine } from './engine';
import { RequestOptions } from './request-options';
import { Verdict } from './verdict';
import { ClusterProfile } from '../../core/cluster-profile';

// loaded when somebody first asks, as all of the analysis is
/* eslint-disable @typescript-eslint/no-require-imports */
const load = () => require('./engine') as typeof import('./engine');
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * Who can call whom, computed from everything that an app will write: constructs, raw objects and `Include`s alike.
 * NetworkPolicies, mutual TLS, tokens and AuthorizationPolicies are asked in the order in which the cluster asks them.
 * Nothing is sent and no cluster is needed, so it is for tests.
 *
 * @see https://istio.io/latest/docs/concepts/security/#authorization
 */
export class Reachability {
  /**
   * What holds in the app that a construct belongs to, as it is now; what is added later needs a new one.
   */
  public static of(scope: IConstruct): Reachability {
    return new Reachability(load().engineOf(scope));
  }

  /**
   * What holds in manifests that something else wrote.
   *
   * @param yaml one or several YAML documents
   * @param profile the cluster that they are meant for; the default one unless given
   */
  public static ofYaml(yaml: string, profile?: ClusterProfile): Reachability {
    return new Reachability(load().engineOfYaml(yaml, profile));
  }

  private constructor(private readonly engine: Engine) {}

  /** Whether a request arrives, and which policy decides that. */
  public request(options: RequestOptions): Verdict {
    return this.engine.request(options);
  }
}
