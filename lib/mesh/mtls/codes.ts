/** Stable codes of what `MutualTls` refuses beside what `MeshPolicy` does. */
export const MTLS_CODES = {
  targetOutsideMesh: 'SM0236',
  saidTwice: 'SM0237',
} as const;
