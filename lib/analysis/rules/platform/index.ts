import { initContainerAgainstPodSecurity } from './init-container-against-pod-security';
import { namespaceName } from './namespace-name';
import { sidecarWithoutSeccomp } from './sidecar-without-seccomp';
import { Rule } from '../../rule';

/** Rules on namespaces and what they allow, in the order of their codes. */
export const PLATFORM_RULES: readonly Rule[] = [
  initContainerAgainstPodSecurity,
  sidecarWithoutSeccomp,
  namespaceName,
];
