import { ManifestModel, ModelObject } from '../model';
import { YamlDocument } from '../reading/yaml-document';
import { Fields, fieldsAt, fieldsOf, textOf } from '../values';

/** The configuration of the mesh, where the app has it: in the ConfigMap that istiod reads, or in what the sail operator or istioctl makes that from. */
export function meshConfigOf(model: ManifestModel): Fields {
  return model.derived(read);
}

function read(model: ManifestModel): Fields {
  const found = [
    ...model.ofKind('', 'ConfigMap').filter(({ name }) => name === 'istio' || name?.startsWith('istio-')).map(fromConfigMap),
    ...model.ofKind('sailoperator.io', 'Istio').map(({ manifest }) => fieldsAt(manifest, 'spec', 'values', 'meshConfig')),
    ...model.ofKind('install.istio.io', 'IstioOperator').map(fromOperator),
  ];
  return found.find(config => config !== undefined && Object.keys(config).length > 0) ?? {};
}

function fromConfigMap({ manifest }: ModelObject): Fields | undefined {
  const text = textOf(fieldsOf(manifest.data).mesh);
  if (text === undefined) return undefined;
  const document = new YamlDocument({ text, linesBefore: 0 });
  return document.readable ? fieldsOf(document.value) : undefined;
}

// its own field goes before the same among the values of the charts
function fromOperator({ manifest }: ModelObject): Fields {
  return { ...fieldsAt(manifest, 'spec', 'values', 'meshConfig'), ...fieldsAt(manifest, 'spec', 'meshConfig') };
}
