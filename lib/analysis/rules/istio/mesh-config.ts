import { ManifestModel } from '../../model';
import { YamlDocument } from '../../reading/yaml-document';
import { Fields, fieldsOf, textOf } from '../../workloads';

/** The configuration of the mesh, where the app has it: in the ConfigMap that istiod reads. */
export function meshConfigOf(model: ManifestModel): Fields {
  return model.derived(read);
}

function read(model: ManifestModel): Fields {
  const text = model.ofKind('', 'ConfigMap').filter(({ name }) => name === 'istio' || name?.startsWith('istio-'))
    .map(({ manifest }) => textOf(fieldsOf(manifest.data).mesh)).find(mesh => mesh !== undefined);
  if (text === undefined) return {};
  const document = new YamlDocument({ text, linesBefore: 0 });
  return document.readable ? fieldsOf(document.value) : {};
}
