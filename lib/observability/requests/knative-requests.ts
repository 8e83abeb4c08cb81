import { CodeClass, RequestMeter } from './request-meter';
import { HTTP_SERVER_REQUEST_DURATION as DURATION } from '../metrics/queue-proxy';
import { Match } from '../promql/match';
import { Vector } from '../promql/vector';
import { Window } from '../promql/window';

type Labels = 'k8s_namespace_name' | 'kn_service_name';

/**
 * Requests to Knative services as their pods' queue-proxy sees them: each once, whether it came past the activator or not. In
 * the mesh's own metrics a request past the activator counts twice, and its workload is a new name with each revision.
 */
export class KnativeRequests implements RequestMeter<Labels> {
  public readonly level = 'ksvc';
  public readonly counted = 'http_request';
  public readonly namespace = 'k8s_namespace_name';
  public readonly workload = 'kn_service_name';

  constructor(private readonly inNamespace: string, private readonly services: readonly string[]) {}

  public rate(window: Window): Vector<Labels> {
    return this.requests(window);
  }

  public rateOf(codes: CodeClass, window: Window): Vector<Labels> {
    return this.requests(window, Match.like(`${codes}..`));
  }

  public errors(window: Window): Vector<Labels> {
    return this.rateOf('5', window);
  }

  public latency(share: number, window: Window): Vector<Labels> {
    return DURATION.quantile(share, this.matchers(), window, this.namespace, this.workload);
  }

  private requests(window: Window, status?: Match): Vector<Labels> {
    return DURATION.count.where({ ...this.matchers(), http_response_status_code: status }).rate(window).sumBy(this.namespace, this.workload);
  }

  private matchers() {
    return {
      k8s_namespace_name: Match.is(this.inNamespace),
      kn_service_name: Match.oneOf(this.services),
      // the activator exports the same name with the same labels, and would count its share of the requests a second time
      kn_route_tag: Match.present(),
    };
  }
}
