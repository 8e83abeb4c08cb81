/**
 * What a waypoint takes.
 *
 * @see https://istio.io/latest/docs/ambient/usage/waypoint/#waypoint-traffic-types
 */
export enum WaypointTraffic {
  /** What is sent to Services. */
  SERVICES = 'service',
  /** What is sent to pods by their own address. */
  WORKLOADS = 'workload',
  /** Both. */
  ALL = 'all',
}
