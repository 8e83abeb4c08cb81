/** What may be amiss with a suppression. */
export const SUPPRESSION_CODES = {
  noReason: 'SM0016',
  unknownCode: 'SM0017',
  unused: 'SM0018',
  malformed: 'SM0019',
} as const;
