import { Construct } from 'constructs';
import { HostRule } from './host-rule';
import { ClusterProfile } from '../../core/cluster-profile';
import { Intents } from '../../core/intents';

/** A version that anything sends requests to is known to the mesh by its subset. */
Intents.onAttach(intents => intents.versionUses.forEach(version => {
  const workload = version.workload as unknown as Construct;
  if (ClusterProfile.of(workload).hasIstio) HostRule.ensure(version, workload).addVersion(version);
}));
