/** Stable codes of what MeshTelemetry refuses. */
export const TELEMETRY_CODES = {
  noTelemetry: 'SM1300',
  sampling: 'SM1301',
  tracedTwice: 'SM1302',
  telemetryWithoutProxy: 'SM1303',
  otherRole: 'SM0262',
  otherNamespace: 'SM0263',
} as const;
