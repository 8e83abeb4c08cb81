import { ManifestModel } from '../../model';
import { addTo } from '../../workloads';

/** Names of the objects of a kind in a namespace. */
export function names(model: ManifestModel, group: string, kind: string, namespace: string): readonly string[] {
  return model.derived(namesByKind).get(`${group}/${kind}/${namespace}`) ?? [];
}

function namesByKind(model: ManifestModel): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { group, manifest, namespace, name } of model.objects) {
    if (name !== undefined) addTo(found, `${group}/${manifest.kind}/${namespace ?? ''}`, name);
  }
  return found;
}
