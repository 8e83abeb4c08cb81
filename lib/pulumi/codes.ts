/** The stable codes of this room. */
export const CODES = {
  rawOutput: 'SM1400',
  damagedToken: 'SM1401',
  lostToken: 'SM1402',
  unresolvedYaml: 'SM1403',
  unresolvedIdentity: 'SM1404',
  duplicate: 'SM1405',
  cycle: 'SM1406',
  notDeployed: 'SM1407',
  severalObjects: 'SM1408',
  transformedIdentity: 'SM1409',
} as const;
