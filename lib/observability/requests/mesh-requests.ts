import { CodeClass, RequestMeter } from './request-meter';
import { ISTIO_REQUEST_DURATION, ISTIO_REQUESTS } from '../metrics/istio';
import { Match } from '../promql/match';
import { Vector } from '../promql/vector';
import { Window } from '../promql/window';

type Labels = 'destination_workload_namespace' | 'destination_workload';

/** gRPC statuses that are the server's fault: unknown, deadline exceeded, unimplemented, internal, unavailable, data loss. */
const GRPC_SERVER_ERRORS = ['2', '4', '12', '13', '14', '15'];

/** Requests to workloads with a sidecar, as that sidecar reports them. */
export class MeshRequests implements RequestMeter<Labels> {
  public readonly level = 'workload';
  public readonly counted = 'istio_request';
  public readonly namespace = 'destination_workload_namespace';
  public readonly workload = 'destination_workload';

  constructor(private readonly inNamespace: string, private readonly workloads: readonly string[]) {}

  public rate(window: Window): Vector<Labels> {
    return ISTIO_REQUESTS.where(this.matchers()).rate(window).sumBy(this.namespace, this.workload);
  }

  public rateOf(codes: CodeClass, window: Window): Vector<Labels> {
    return this.answeredWith(codes).rate(window).sumBy(this.namespace, this.workload);
  }

  /** A failed gRPC call has HTTP status 200, so its own status is looked at as well. */
  public errors(window: Window): Vector<Labels> {
    const grpc = ISTIO_REQUESTS.where({ ...this.matchers(), grpc_response_status: Match.oneOf(GRPC_SERVER_ERRORS) });
    return this.answeredWith('5').rate(window).or(grpc.rate(window)).sumBy(this.namespace, this.workload);
  }

  public latency(share: number, window: Window): Vector<Labels> {
    return ISTIO_REQUEST_DURATION.quantile(share, this.matchers(), window, this.namespace, this.workload).times(0.001);
  }

  private answeredWith(codes: CodeClass) {
    return ISTIO_REQUESTS.where({ ...this.matchers(), response_code: Match.like(`${codes}..`) });
  }

  private matchers() {
    return {
      // the caller's sidecar reports the same requests
      reporter: Match.is('destination'),
      destination_workload_namespace: Match.is(this.inNamespace),
      destination_workload: Match.oneOf(this.workloads),
    };
  }
}
