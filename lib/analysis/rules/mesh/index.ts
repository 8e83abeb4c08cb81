import { conflictingInjectionLabels } from './conflicting-injection-labels';
import { denyWithoutRules } from './deny-without-rules';
import { destinationRuleOnKnativeHost } from './destination-rule-on-knative-host';
import { httpInAmbient } from './http-in-ambient';
import { identityWithoutMtls } from './identity-without-mtls';
import { injectionByAnnotation } from './injection-by-annotation';
import { knativeCutOff } from './knative-cut-off';
import { knativePort } from './knative-port';
import { noPort } from './no-port';
import { pathNeverMatches } from './path-never-matches';
import { pathTemplate } from './path-template';
import { portMtlsWithoutSelector } from './port-mtls-without-selector';
import { selectorAndTarget } from './selector-and-target';
import { serviceAccountsMixed } from './service-accounts-mixed';
import { severalNamespaceWide } from './several-namespace-wide';
import { Rule } from '../../rule';

/** Rules on who is in the mesh and who may call whom, in the order of their codes. */
export const MESH_RULES: readonly Rule[] = [
  portMtlsWithoutSelector,
  severalNamespaceWide,
  knativeCutOff,
  selectorAndTarget,
  serviceAccountsMixed,
  denyWithoutRules,
  knativePort,
  destinationRuleOnKnativeHost,
  identityWithoutMtls,
  httpInAmbient,
  pathTemplate,
  pathNeverMatches,
  noPort,
  injectionByAnnotation,
  conflictingInjectionLabels,
];
