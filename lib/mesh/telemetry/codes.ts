/** Stable codes of what MeshTelemetry refuses. */
export const TELEMETRY_CODES = {
  noTelemetry: 'SM1300',
  sampling: 'SM1301',
  tracedTwice: 'SM1302',
  telemetryWithoutProxy: 'SM1303',
} as const;
