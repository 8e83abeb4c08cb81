/** Kubernetes minor releases that the rules of this library know. */
export enum KubernetesVersion {
  /** 1.33 */
  V1_33 = '1.33',
  /** 1.34 */
  V1_34 = '1.34',
  /** 1.35 */
  V1_35 = '1.35',
}

/** Knative minor releases (Serving and Eventing are numbered alike). */
export enum KnativeVersion {
  /** 1.21 */
  V1_21 = '1.21',
  /** 1.22 */
  V1_22 = '1.22',
  /** 1.23 */
  V1_23 = '1.23',
}

/** Istio minor releases. */
export enum IstioVersion {
  /** 1.28 */
  V1_28 = '1.28',
  /** 1.29; what net-istio 1.22 is tested with. */
  V1_29 = '1.29',
  /** 1.30 */
  V1_30 = '1.30',
}

/** Releases of the Prometheus operator. */
export enum PrometheusOperatorVersion {
  /** 0.90 */
  V0_90 = '0.90',
  /** 0.91 */
  V0_91 = '0.91',
  /** 0.92 */
  V0_92 = '0.92',
  /** 0.93 */
  V0_93 = '0.93',
}

/** Whether release `a` is `b` or newer. */
export function atLeast(a: string, b: string): boolean {
  const [majorA, minorA] = a.split('.').map(Number);
  const [majorB, minorB] = b.split('.').map(Number);
  return majorA > majorB || (majorA === majorB && minorA >= minorB);
}
