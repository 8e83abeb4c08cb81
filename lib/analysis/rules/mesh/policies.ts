import { ManifestModel, ModelObject } from '../../model';
import { Entry, Fields, fieldsOf, mapsOf, stringOf, textMapOf, textsOf } from '../../values';
import * as parts from '../istio/webhook/policy-parts';

const GROUP = 'security.istio.io';

/** A source of a rule with where it stands, for messages. */
export interface Part {
  readonly field: string;
  readonly part: Fields;
}

export function authorizationPolicies(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind(GROUP, 'AuthorizationPolicy');
}

export function peerAuthentications(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind(GROUP, 'PeerAuthentication');
}

export function specOf(object: ModelObject): Fields {
  return fieldsOf(object.manifest.spec);
}

export function namespaceOf(object: ModelObject): string {
  return object.namespace ?? 'default';
}

/** The labels that a policy selects; none where it holds for the whole namespace. */
export function selectorOf(object: ModelObject): Record<string, string> {
  return textMapOf(fieldsOf(specOf(object).selector).matchLabels);
}

export function isNamespaceWide(object: ModelObject): boolean {
  return Object.keys(selectorOf(object)).length === 0;
}

export function hasTargetRefs(object: ModelObject): boolean {
  const spec = specOf(object);
  return mapsOf(spec.targetRefs).length > 0 || Object.keys(fieldsOf(spec.targetRef)).length > 0;
}

export function actionOf(object: ModelObject): string {
  return stringOf(specOf(object).action) ?? 'ALLOW';
}

export function rulesOf(object: ModelObject): Fields[] {
  return mapsOf(specOf(object).rules);
}

export function sourcesOf(object: ModelObject): Part[] {
  return parts.sourcesOf(specOf(object)).map(asPart);
}

export function operationsOf(object: ModelObject): Part[] {
  return parts.operationsOf(specOf(object)).map(asPart);
}

function asPart({ field, value }: Entry): Part {
  return { field, part: value };
}

/** The first of some lists of a part that is not empty. */
export function firstSet(part: Fields, names: readonly string[]): string | undefined {
  return names.find(name => textsOf(part[name]).length > 0);
}
