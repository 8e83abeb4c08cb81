import { ManifestModel, ModelObject } from '../../model';
import { Fields, fieldsOf, listOf, scalarMapOf } from '../../values';
import { Kept } from '../../workloads/kept';

export const SERVING_GROUP = 'serving.knative.dev';

/** What revisions are made from, wherever it stands. */
export interface Template {
  readonly object: ModelObject;
  readonly metadata: Fields;
  /** Where the metadata stands in the object. */
  readonly metadataField: string;
  readonly annotations: Record<string, string>;
  readonly spec: Fields;
  /** Where the spec stands in the object. */
  readonly specField: string;
}

/** What a container is for. */
export enum ContainerRole {
  /** It takes the requests. */
  SERVING,
  /** It runs beside the one that does. */
  SIDECAR,
  /** It runs before the others. */
  INIT,
}

/** A container of a template. */
export interface TemplateContainer {
  readonly container: Fields;
  readonly field: string;
  readonly role: ContainerRole;
}

const known = new WeakMap<ManifestModel, readonly Template[]>();

/** The templates of all services and configurations, and the revisions that were written by hand. */
export function templatesOf(model: ManifestModel): readonly Template[] {
  let templates = known.get(model);
  if (!templates) {
    templates = [
      ...['Service', 'Configuration'].flatMap(kind => model.ofKind(SERVING_GROUP, kind).map(templateInside)),
      ...model.ofKind(SERVING_GROUP, 'Revision').map(revision),
    ];
    known.set(model, templates);
  }
  return templates;
}

/** The containers of a template, those that start first at the end. */
export function containersOf(template: Template): readonly TemplateContainer[] {
  return containersByTemplate.of(template);
}

// a dozen rules look at each of them
const containersByTemplate = new Kept(readContainers);

function readContainers({ spec, specField }: Template): TemplateContainer[] {
  const containers = listOf(spec.containers).map(fieldsOf);
  return [
    ...containers.map((container, i) => ({
      container,
      field: `${specField}.containers[${i}]`,
      role: containers.length === 1 || listOf(container.ports).length > 0 ? ContainerRole.SERVING : ContainerRole.SIDECAR,
    })),
    ...listOf(spec.initContainers).map((container, i) => ({
      container: fieldsOf(container),
      field: `${specField}.initContainers[${i}]`,
      role: ContainerRole.INIT,
    })),
  ];
}

/** Every container of every template. */
export function allContainers(model: ManifestModel): readonly ContainerOfTemplate[] {
  return model.derived(readAllContainers);
}

/** A container with where it stands. */
export interface ContainerOfTemplate extends TemplateContainer {
  readonly template: Template;
  readonly object: ModelObject;
}

function readAllContainers(model: ManifestModel): ContainerOfTemplate[] {
  return templatesOf(model).flatMap(template => containersOf(template).map(entry => ({ ...entry, template, object: template.object })));
}

function templateInside(object: ModelObject): Template {
  const template = fieldsOf(fieldsOf(object.manifest.spec).template);
  return make(object, template.metadata, 'spec.template.metadata', template.spec, 'spec.template.spec');
}

function revision(object: ModelObject): Template {
  return make(object, object.manifest.metadata, 'metadata', object.manifest.spec, 'spec');
}

function make(object: ModelObject, metadata: unknown, metadataField: string, spec: unknown, specField: string): Template {
  return {
    object,
    metadata: fieldsOf(metadata),
    metadataField,
    annotations: scalarMapOf(fieldsOf(metadata).annotations),
    spec: fieldsOf(spec),
    specField,
  };
}
