import { MeshIdentity } from '../../../../core/caller';
import { Intents } from '../../../../core/intents';
import { ManifestModel } from '../../../model';

/** Callers that constructs were given by name: who names one says that it is there. */
export function isDeclaredCaller(model: ManifestModel, namespace: string, account?: string): boolean {
  return model.derived(declaredCallers).has(keyOf({ namespace, serviceAccountName: account }));
}

function declaredCallers(model: ManifestModel): Set<string> {
  return new Set(Intents.of(model.root).edges.all.map(({ caller }) => keyOf(caller.meshIdentity)));
}

function keyOf({ namespace, serviceAccountName }: Pick<MeshIdentity, 'namespace' | 'serviceAccountName'>): string {
  return `${namespace}/${serviceAccountName ?? ''}`;
}
