/** Stable codes of what waypoints and grants in ambient refuse. */
export const WAYPOINT_CODES = {
  waypointOutsideAmbient: 'SM1320',
  waypointNotUsed: 'SM1321',
  aroundWaypoint: 'SM1322',
  podPortAtWaypoint: 'SM1328',
  passedBy: 'SM0261',
} as const;
