/** Stable codes of what the intents of this room refuse; rules on manifests have theirs in lib/analysis/rules/observability. */
export const CODES = {
  metricsDisabled: 'SM0401',
  windowTooShort: 'SM0402',
  alertOption: 'SM0403',
  noRequestMetric: 'SM0404',
  scrapedTwice: 'SM0405',
  emptyDashboard: 'SM0406',
  scrapeInterval: 'SM0407',
} as const;
