import type { OpenFaasFunctionProps, OpenFaasScaling } from './openfaas-function-props';
import { goDuration } from '../../core/durations';
import { NUMBER, optionsLike, TEXT, TEXT_MAP, usable } from '../../core/wrong-type';
import { renderResources } from '../container-resources';

const SCALE = 'com.openfaas.scale.';
const SCALING = optionsLike<OpenFaasScaling>('', '');

interface OpenFaasResources {
  readonly cpu?: string;
  readonly memory?: string;
}

/** The `spec` of a Function of `openfaas.com/v1`; its CRD is not among those that imports/ is made from. */
export interface OpenFaasSpec {
  readonly name: string;
  readonly image?: string;
  readonly handler?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly environment?: Record<string, string>;
  readonly secrets?: string[];
  readonly constraints?: string[];
  readonly requests?: OpenFaasResources;
  readonly limits?: OpenFaasResources;
  readonly readOnlyRootFilesystem: boolean;
}

export function openFaasSpec(name: string, props: OpenFaasFunctionProps): OpenFaasSpec {
  const resources = renderResources(props.resources);
  const account = props.serviceAccount?.name;
  return {
    name,
    image: usable(props.image, TEXT),
    handler: usable(props.handler, TEXT),
    labels: some({ ...scaleLabels(usable(props.scaling, SCALING)), ...usable(props.labels, TEXT_MAP) }),
    annotations: some({ ...account === undefined ? {} : { 'com.openfaas.serviceaccount': account }, ...usable(props.annotations, TEXT_MAP) }),
    environment: usable(props.env, TEXT_MAP),
    secrets: Array.isArray(props.secrets) ? props.secrets.flatMap(secret => usable(secret?.name, TEXT) ?? []) : undefined,
    constraints: props.nodeLabels && Object.entries(usable(props.nodeLabels, TEXT_MAP) ?? {}).map(([key, value]) => `${key}=${value}`),
    requests: resources?.requests as OpenFaasResources | undefined,
    limits: resources?.limits as OpenFaasResources | undefined,
    readOnlyRootFilesystem: props.allowWritableRootFilesystem !== true,
  };
}

function scaleLabels(scaling: OpenFaasScaling | undefined): Record<string, string> {
  const { min, max, type, target, targetProportion, zeroAfter } = scaling ?? {};
  const figures: Record<string, string | number | undefined> = {
    'min': usable(min, NUMBER),
    'max': usable(max, NUMBER),
    'type': type?.label,
    'target': usable(target, NUMBER),
    'target-proportion': usable(targetProportion, NUMBER),
    'zero': zeroAfter === undefined ? undefined : 'true',
    'zero-duration': goDuration(zeroAfter),
  };
  return Object.fromEntries(Object.entries(figures)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [SCALE + key, String(value)]));
}

function some(map: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
