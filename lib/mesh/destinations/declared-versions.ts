import { Construct } from 'constructs';
import { HostRule } from './host-rule';
import { ClusterProfile } from '../../core/cluster-profile';
import { IWorkloadVersion } from '../../core/route-target';

/** A version that anything sends requests to is known to the mesh by its subset. */
export function declareVersion(version: IWorkloadVersion): void {
  const workload = version.workload as unknown as Construct;
  if (ClusterProfile.of(workload).hasIstio) HostRule.ensure(version, workload).addVersion(version);
}
