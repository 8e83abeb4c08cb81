import { Duration } from 'cdk8s';
import { AlertSeverity } from './alert-severity';
import { CODES } from './codes';
import { ErrorAlertOptions } from './error-alert';
import { promDuration } from './promql/duration';
import { ProblemReport } from '../core/problem';
import { DURATION, memberOf, NUMBER, TEXT, TEXT_MAP, usable, wrongType } from '../core/wrong-type';

/** A rate needs two samples; four intervals leave room for one that fails and for the edges of the window. */
export const SAMPLES_PER_WINDOW = 4;

/** What of an alert's options cannot be meant. */
export function optionProblems(alert: ErrorAlertOptions, of: string): ProblemReport[] {
  const field = (name: string) => `alertOnErrors(${of}).${name}`;
  return [
    ...wrongType(field('severity'), alert.severity, memberOf('AlertSeverity', AlertSeverity)),
    ...wrongType(field('window'), alert.window, DURATION),
    ...wrongType(field('pendingFor'), alert.pendingFor, DURATION),
    ...wrongType(field('alertName'), alert.alertName, TEXT),
    ...wrongType(field('labels'), alert.labels, TEXT_MAP),
    ...wrongType(field('thresholdPercent'), alert.thresholdPercent, NUMBER),
    ...wrongType(field('minimumRequests'), alert.minimumRequests, NUMBER),
    ...threshold(alert.thresholdPercent, field('thresholdPercent')),
    ...traffic(alert.minimumRequests, field('minimumRequests')),
    ...runbook(alert.runbookUrl, field('runbookUrl')),
  ];
}

/** Whether a window holds enough samples. */
export function windowProblems(window: Duration | undefined, interval: Duration | undefined, of: string): ProblemReport[] {
  if (usable(window, DURATION) === undefined || usable(interval, DURATION) === undefined) return [];
  const least = Duration.millis(interval!.toMilliseconds() * SAMPLES_PER_WINDOW);
  if (window!.toMilliseconds() >= least.toMilliseconds()) return [];
  return [{
    code: CODES.windowTooShort,
    field: `alertOnErrors(${of}).window`,
    value: promDuration(window!),
    reason: `samples are ${promDuration(interval!)} apart, so a rate over this window rests on too few of them and has gaps when one is missed`,
    fix: `use a window of at least ${promDuration(least)}, four times as long as samples are apart`,
    peers: ['promql/rate'],
  }];
}

function threshold(value: unknown, field: string): ProblemReport[] {
  const percent = usable(value, NUMBER);
  if (percent === undefined || (percent >= 0 && percent < 100)) return [];
  return [{
    code: CODES.alertOption,
    field,
    value: percent,
    reason: percent < 0 ? 'a share is never negative, so the alert would always be due' : 'no share is above 100 percent, so the alert could never be due',
    fix: 'give a percentage from 0 up to, but not including, 100',
  }];
}

function traffic(value: unknown, field: string): ProblemReport[] {
  const requests = usable(value, NUMBER);
  if (requests === undefined || requests >= 0) return [];
  return [{ code: CODES.alertOption, field, value: requests, reason: 'a number of requests is never negative', fix: 'give 0 or more, or leave it out' }];
}

function runbook(value: unknown, field: string): ProblemReport[] {
  if (typeof value === 'string' && /^https?:\/\/[^\s/]+/.test(value)) return [];
  return [{
    code: CODES.alertOption,
    field,
    value: typeof value === 'string' ? value : undefined,
    reason: 'an alert that does not say what to do wakes people for nothing',
    fix: 'give the http or https URL of a page that says what to do',
    peers: ['alerts/annotation'],
  }];
}
