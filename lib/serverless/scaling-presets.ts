import { Duration } from 'cdk8s';
import { ScalingOptions } from './scaling-options';

/** Figures for a service that somebody waits for. */
export const FOR_LATENCY: ScalingOptions = {
  // two pods: nobody waits for a cold start, and one pod that is replaced leaves another
  min: 2,
  // a new revision takes over with what it will keep anyway
  initial: 2,
  // room for half as much again while pods start
  targetUtilization: 60,
  // a burst adds pods at one and a half times the target rather than at twice
  panicThreshold: 150,
  // bursts come in rows; starting pods again is what costs time
  scaleDownDelay: Duration.minutes(5),
};

/** Figures for a service whose idle pods cost more than a cold start does. */
export const FOR_COST: ScalingOptions = {
  // nothing runs without requests
  min: 0,
  // a bill that a flood of requests cannot run up
  max: 10,
  // fuller pods, fewer of them
  targetUtilization: 85,
  // pods go half a minute after the load does rather than a whole one
  window: Duration.seconds(30),
  scaleDownDelay: Duration.seconds(0),
  podRetention: Duration.seconds(0),
};
