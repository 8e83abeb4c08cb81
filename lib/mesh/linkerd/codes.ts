/** Stable codes of what the constructs of a Linkerd mesh refuse. */
export const LINKERD_CODES = {
  noLinkerd: 'SM1341',
  knativeInLinkerd: 'SM1342',
  nobodyMayCall: 'SM1343',
} as const;
