export { Reachability } from './reachability';
export { RequestOptions } from './request-options';
export { RequestSource, SourcePodsOptions } from './request-source';
export { RequestTarget, TargetPodsOptions } from './request-target';
export { DecidingObject, Outcome, ReachabilityLayer, ReachabilityStep, Verdict } from './verdict';
