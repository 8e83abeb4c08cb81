/** How urgent an alert is: the value of its label `severity`, by which Alertmanager routes. */
export enum AlertSeverity {
  /** Somebody has to act now. */
  CRITICAL = 'critical',
  /** Somebody has to act within days. */
  WARNING = 'warning',
  /** Nobody has to act; it explains other alerts. */
  INFO = 'info',
}
