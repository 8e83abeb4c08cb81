import { Duration } from 'cdk8s';
import { DURATION, usable } from './wrong-type';

/** Seconds of a duration; a fraction stays one, so that the rule on the field can say what is wrong with it. */
export function wholeSeconds(duration: Duration | undefined): number | undefined {
  return usable(duration, DURATION)?.toSeconds({ integral: false });
}

/** A duration as Go's `time.ParseDuration` reads it. */
export function goDuration(duration: Duration): string;
export function goDuration(duration: Duration | undefined): string | undefined;
export function goDuration(duration: Duration | undefined): string | undefined {
  const seconds = wholeSeconds(duration);
  if (seconds === undefined) return undefined;
  return Number.isInteger(seconds) ? `${seconds}s` : `${Math.round(seconds * 1000)}ms`;
}

/** Seconds, but for 0, which the API server takes for nothing: what it drops or replaces would show as a difference to the cluster. */
export function secondsSaid(duration: Duration | undefined): number | undefined {
  return wholeSeconds(duration) || undefined;
}
