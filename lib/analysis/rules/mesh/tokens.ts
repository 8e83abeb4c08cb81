import { authorizationPolicies, namespaceOf, rulesOf, selectorOf } from './policies';
import { ManifestModel, ModelObject } from '../../model';
import { Fields, fieldsOf, mapsOf, stringOf, textsOf } from '../../values';

const PRINCIPALS = ['requestPrincipals', 'notRequestPrincipals'];

export function requestAuthentications(model: ManifestModel): readonly ModelObject[] {
  return model.ofKind('security.istio.io', 'RequestAuthentication');
}

/** Policies that decide by the token of a request. */
export function policiesOnTokens(model: ManifestModel): readonly ModelObject[] {
  return authorizationPolicies(model).filter(policy => rulesOf(policy).some(rule => fieldOnTokens(rule) !== undefined));
}

/** Where a rule first asks for something of a token. */
export function fieldOnTokens(rule: Fields): string | undefined {
  for (const [index, from] of mapsOf(rule.from).entries()) {
    const asked = PRINCIPALS.find(name => textsOf(fieldsOf(from.source)[name]).length > 0);
    if (asked) return `from[${index}].source.${asked}`;
  }
  const at = mapsOf(rule.when).findIndex(({ key }) => stringOf(key)?.startsWith('request.auth.'));
  return at < 0 ? undefined : `when[${at}].key`;
}

/** Whether two policies may hold for the same pods, as far as their namespaces and labels tell. */
export function mayMeet(a: ModelObject, b: ModelObject, rootNamespace: string): boolean {
  const [near, far] = [namespaceOf(a), namespaceOf(b)];
  if (near !== far && near !== rootNamespace && far !== rootNamespace) return false;
  const others = selectorOf(b);
  return Object.entries(selectorOf(a)).every(([label, value]) => others[label] === undefined || others[label] === value);
}
