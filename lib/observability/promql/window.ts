import { Duration } from 'cdk8s';
import { promDuration } from './duration';

/** The range over which samples are looked at. */
export class Window {
  /** What Grafana makes of the time range shown and the interval of a panel; never less than four intervals. */
  public static readonly OF_PANEL = new Window('$__rate_interval');

  public static of(duration: Duration): Window {
    return new Window(promDuration(duration));
  }

  private constructor(public readonly text: string) {}
}
