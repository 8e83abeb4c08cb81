import type { OtherCode } from './other-codes';
import { Severity } from '../../core/problem';

/** What constructs report of pods and of what they are bound to. */
export const POD_CODES: readonly OtherCode[] = [
  { code: 'SM1100', title: 'a volume that cannot be written to, mounted for writing', explanation: 'Secrets, ConfigMaps, projected volumes and images are mounted read-only, whatever the mount says.' },
  { code: 'SM1101', title: 'storage bound as variables', explanation: 'Variables are made of the keys of a Secret or a ConfigMap; a volume has files.' },
  { code: 'SM1102', title: 'a variable that is set twice', explanation: 'Of two variables of one name a container sees only one value.' },
  { code: 'SM1103', title: 'an ExternalSecret that fetches nothing', explanation: 'The Secret is made of what data and dataFrom name (external-secrets.io, API, ExternalSecret); without either it stays empty.' },
  {
    code: 'SM1105',
    title: 'resources for a sidecar that is not there',
    severity: Severity.WARNING,
    explanation: 'The annotations sidecar.istio.io/proxyCPU and the like are read by the injector of sidecars; pods outside of the mesh and in ambient mode get none.',
  },
  { code: 'SM1106', title: 'a token that nothing mounts', explanation: 'Knative takes only false for automountServiceAccountToken of a pod; a token is mounted where the service account says so.' },
];
