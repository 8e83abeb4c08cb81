/** Stable codes of what RateLimit and GlobalRateLimit refuse. */
export const LIMIT_CODES = {
  limitWithoutProxy: 'SM1290',
  noLimit: 'SM1291',
  limitTwice: 'SM1292',
  rate: 'SM1293',
} as const;
