import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { GPU } from './gpu';
import { MODEL } from './model';
import type { ModelServerProps } from './model-server-props';
import { goDuration, wholeSeconds } from '../../core/durations';
import { ProblemReport, reportProblems } from '../../core/problem';
import { DURATION, NUMBER, TEXT, usable, wrongType } from '../../core/wrong-type';
import { Autoscaling } from '../autoscaling';
import { HealthCheck } from '../health-check';
import { Revision } from '../revision';
import { ServerlessService } from '../serverless-service';
import type { ServerlessServiceProps } from '../serverless-service-props';

export { ModelServerProps } from './model-server-props';

const PROGRESS_DEADLINE = 'serving.knative.dev/progress-deadline';
const CANONICAL_REVISION = 'service.istio.io/canonical-revision';
const PROBE_PERIOD = Duration.seconds(10);
const FETCHING = Duration.minutes(15);

/**
 * A server of a machine-learning model: a serverless service that mounts one version of the model, scales by inferences at a time, and is patient while the model
 * loads. Each version of the model is a revision of its own, under its name: `Traffic.canary()` tries it out, `Traffic.rollback()` goes back.
 */
export class ModelServer extends ServerlessService {
  /** Version of the model that the service describes. */
  public readonly modelVersion: string;

  constructor(scope: Construct, id: string, props: ModelServerProps) {
    super(scope, id, serviceProps(props ?? {}));
    this.modelVersion = usable(props?.model, MODEL)?.version ?? '';
    reportProblems(this, () => modelProblems(props ?? {}));
  }
}

function serviceProps(props: ModelServerProps): ServerlessServiceProps {
  const { model, modelPath, gpu, concurrencyPerGpu, loadTimeout, progressDeadline, readyPath, ...given } = props;
  const version = usable(model, MODEL)?.version ?? '';
  const path = usable(modelPath, TEXT) ?? '/mnt/models';
  const devices = usable(gpu, GPU);
  // half a device is refused as such, not for what it makes of the concurrency
  const concurrency = (usable(concurrencyPerGpu, NUMBER) ?? 1) * Math.ceil(usable(devices?.count, NUMBER) ?? 1);
  const loading = usable(loadTimeout, DURATION) ?? Duration.minutes(5);
  const ready = usable(readyPath, TEXT) ?? '/v2/health/ready';
  const deadline = usable(progressDeadline, DURATION) ?? Duration.seconds(wholeSeconds(loading)! + FETCHING.toSeconds());
  return {
    revision: version === '' ? undefined : Revision.named(labelOf(version)),
    containerConcurrency: concurrency,
    // a pod that has loaded its model is worth keeping for a while
    autoscaling: Autoscaling.concurrency(concurrency, { min: 1, initial: 1, scaleDownDelay: Duration.minutes(5) }),
    readiness: HealthCheck.http(ready),
    startup: HealthCheck.http(ready, { period: PROBE_PERIOD, failureThreshold: Math.ceil(wholeSeconds(loading)! / PROBE_PERIOD.toSeconds()) }),
    ...devices?._settings(),
    ...given,
    devices: { ...devices?._settings().devices, ...given.devices },
    mounts: [...usable(model, MODEL) ? [model._mountedAt(path)] : [], ...Array.isArray(given.mounts) ? given.mounts : []],
    templateLabels: { ...version === '' ? {} : { [CANONICAL_REVISION]: labelOf(version) }, ...given.templateLabels },
    templateAnnotations: { [PROGRESS_DEADLINE]: goDuration(deadline)!, ...given.templateAnnotations },
  };
}

function modelProblems(props: ModelServerProps): ProblemReport[] {
  return [
    ...wrongType('model', props.model ?? 'nothing', MODEL),
    ...usable(props.model, MODEL)?._problems() ?? [],
    ...wrongType('gpu', props.gpu, GPU),
    ...usable(props.gpu, GPU)?._problems() ?? [],
    ...wrongType('modelPath', props.modelPath, TEXT),
    ...wrongType('concurrencyPerGpu', props.concurrencyPerGpu, NUMBER),
    ...wrongType('loadTimeout', props.loadTimeout, DURATION),
    ...wrongType('progressDeadline', props.progressDeadline, DURATION),
    ...wrongType('readyPath', props.readyPath, TEXT),
  ];
}

/** Part of the name of a revision, which is a DNS label: `3.1.0` becomes `3-1-0`. */
function labelOf(version: string): string {
  return version.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
}
