/** Stable codes of what the constructs of a Linkerd mesh refuse. */
export const LINKERD_CODES = {
  noLinkerd: 'SM1341',
  knativeInLinkerd: 'SM1342',
  nobodyMayCall: 'SM1343',
  unsaidInLinkerd: 'SM1344',
  pathInLinkerd: 'SM1345',
  tiedPaths: 'SM1346',
  lateProbes: 'SM1347',
  unsaidInRoute: 'SM1348',
  retriesForNothing: 'SM1349',
} as const;
