/** Stable codes of what the intents of this room refuse; rules on manifests have theirs in lib/analysis/rules/mesh. */
export const CODES = {
  noMesh: 'SM0201',
  outsideMesh: 'SM0202',
  activatorUndecided: 'SM0203',
  servingOutsideMesh: 'SM0204',
  eventingOutsideMesh: 'SM0205',
  pathPattern: 'SM0206',
  httpWithoutWaypoint: 'SM0207',
  arrivesAsGateway: 'SM0208',
  namespaceOutsideMesh: 'SM0209',
  systemNamespace: 'SM0210',
  mtlsOff: 'SM0211',
  exemptElsewhere: 'SM0212',
  forwarderSeen: 'SM0264',
  nameOfMesh: 'SM0265',
  auditUnseen: 'SM0267',
} as const;
