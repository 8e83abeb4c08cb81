import { activationScale } from './activation-scale';
import { autoscalingClass } from './autoscaling-class';
import { autoscalingDurations } from './autoscaling-durations';
import { autoscalingFigures } from './autoscaling-figures';
import { autoscalingPlacement } from './autoscaling-placement';
import { autoscalingSpelling } from './autoscaling-spelling';
import { autoscalingUnknown } from './autoscaling-unknown';
import { containerConcurrency } from './container-concurrency';
import { containerName } from './container-name';
import { containersMissing } from './containers-missing';
import { disallowedField } from './disallowed-field';
import { domainMappingName } from './domain-mapping-name';
import { domainMappingRef } from './domain-mapping-ref';
import { envCredentials } from './env-credentials';
import { envDuplicate } from './env-duplicate';
import { envName } from './env-name';
import { envSource } from './env-source';
import { gatedField } from './gated-field';
import { imageLatest } from './image-latest';
import { imageMissing } from './image-missing';
import { imageReference } from './image-reference';
import { initialScale } from './initial-scale';
import { networkingAnnotation } from './networking-annotation';
import { objectName } from './object-name';
import { ownerLabel } from './owner-label';
import { portCount } from './port-count';
import { portName } from './port-name';
import { portNumber } from './port-number';
import { portProtocol } from './port-protocol';
import { portOfKnativeTls } from './port-tls';
import { probe } from './probe';
import { progressDeadline } from './progress-deadline';
import { queueProxyResources } from './queue-proxy-resources';
import { revisionName } from './revision-name';
import { revisionTimeout } from './revision-timeout';
import { rolloutDuration } from './rollout-duration';
import { rootUser } from './root-user';
import { scaleBounds } from './scale-bounds';
import { securityIds } from './security-ids';
import { serverOwnedAnnotation } from './server-owned-annotation';
import { serviceAccountName } from './service-account-name';
import { targetAboveConcurrency } from './target-above-concurrency';
import { terminationMessage } from './termination-message';
import { timeoutOrder } from './timeout-order';
import { trafficHost } from './traffic-host';
import { trafficSum } from './traffic-sum';
import { trafficTag } from './traffic-tag';
import { trafficTarget } from './traffic-target';
import { volume } from './volume';
import { volumeMount } from './volume-mount';
import { Rule } from '../../rule';

/** Rules on what Knative Serving takes, in the order of their codes. */
export const SERVERLESS_RULES: readonly Rule[] = [
  containersMissing,
  imageMissing,
  imageReference,
  imageLatest,
  portCount,
  portNumber,
  portOfKnativeTls,
  portName,
  portProtocol,
  envName,
  envDuplicate,
  envSource,
  envCredentials,
  containerName,
  autoscalingPlacement,
  autoscalingSpelling,
  autoscalingUnknown,
  scaleBounds,
  activationScale,
  initialScale,
  autoscalingFigures,
  autoscalingDurations,
  autoscalingClass,
  targetAboveConcurrency,
  containerConcurrency,
  revisionTimeout,
  timeoutOrder,
  disallowedField,
  gatedField,
  probe,
  securityIds,
  rootUser,
  serviceAccountName,
  volume,
  volumeMount,
  objectName,
  revisionName,
  trafficSum,
  trafficTarget,
  trafficTag,
  trafficHost,
  serverOwnedAnnotation,
  networkingAnnotation,
  queueProxyResources,
  progressDeadline,
  rolloutDuration,
  ownerLabel,
  terminationMessage,
  domainMappingName,
  domainMappingRef,
];
