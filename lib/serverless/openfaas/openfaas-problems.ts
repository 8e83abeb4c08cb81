import type * as kplus from 'cdk8s-plus-28';
import { OpenFaasFunctionProps, OpenFaasScaleType, OpenFaasScaling } from './openfaas-function-props';
import { ProblemReport } from '../../core/problem';
import { DURATION, Expected, FLAG, instanceOf, NUMBER, optionsLike, TEXT, TEXT_MAP, usable, wrongType } from '../../core/wrong-type';
import { resourceProblems } from '../container-resources';

const SECRETS: Expected<kplus.ISecret[]> = {
  what: 'a list of secrets of cdk8s-plus',
  fix: "pass the constructs, or kplus.Secret.fromSecretName(this, 'Secret', 'name') for one of the cluster",
  holds: (value): value is kplus.ISecret[] => Array.isArray(value) && value.every(entry => typeof entry?.name === 'string'),
};

const ACCOUNT: Expected<kplus.IServiceAccount> = {
  what: 'a service account of cdk8s-plus',
  fix: "pass the construct, or kplus.ServiceAccount.fromServiceAccountName(this, 'Account', 'name') for one of the cluster",
  holds: (value): value is kplus.IServiceAccount => typeof (value as kplus.IServiceAccount | undefined)?.name === 'string',
};

const SCALING = optionsLike<OpenFaasScaling>('an object of options', 'pass { min: 1, max: 5 } or the like');
const RESOURCES = optionsLike<kplus.ContainerResources>('an object with cpu and memory', 'pass { cpu: { request: kplus.Cpu.millis(100) } } or the like');

const PROPERTIES: { readonly [name in keyof OpenFaasFunctionProps]-?: Expected<unknown> } = {
  image: TEXT,
  name: TEXT,
  namespace: TEXT,
  handler: TEXT,
  env: TEXT_MAP,
  secrets: SECRETS,
  scaling: SCALING,
  resources: RESOURCES,
  allowWritableRootFilesystem: FLAG,
  nodeLabels: TEXT_MAP,
  serviceAccount: ACCOUNT,
  labels: TEXT_MAP,
  annotations: TEXT_MAP,
  gatewayNamespace: TEXT,
  gatewayServiceAccount: TEXT,
};

/** Properties that are not what they have to be, which only JavaScript lets pass. */
export function openFaasProblems(props: OpenFaasFunctionProps): ProblemReport[] {
  const names = Object.keys(PROPERTIES) as (keyof OpenFaasFunctionProps)[];
  const scaling = usable(props.scaling, SCALING) ?? {};
  return [
    ...names.flatMap(name => wrongType(name, props[name], PROPERTIES[name]))
      // what was meant as a variable may be a password
      .map(problem => problem.field === 'env' ? { ...problem, value: undefined } : problem),
    ...(['min', 'max', 'target', 'targetProportion'] as const).flatMap(name => wrongType(`scaling.${name}`, scaling[name], NUMBER)),
    ...wrongType('scaling.type', scaling.type, instanceOf(OpenFaasScaleType, 'use one, as in OpenFaasScaleType.CAPACITY')),
    ...wrongType('scaling.zeroAfter', scaling.zeroAfter, DURATION),
    ...resourceProblems(usable(props.resources, RESOURCES), 'resources'),
  ];
}
