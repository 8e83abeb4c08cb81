import type * as kplus from 'cdk8s-plus-28';
import { ContainerSettings, InitContainer, SidecarContainer, TerminationMessagePolicy } from './container-props';
import { DEVICES, resourceProblems } from './container-resources';
import { ContainerSecurity, securityProblems } from './container-security';
import { list } from './containers';
import { environmentProblems } from './environment';
import { EnvironmentSource } from './environment-source';
import { HealthCheck } from './health-check';
import { mountProblems, PodVolumeMount } from './pod-volume-mount';
import { ProblemReport } from '../core/problem';
import { Expected, instanceOf, listOf, memberOf, optionsLike, TEXT, TEXTS, usable, wrongType } from '../core/wrong-type';

export const HEALTH_CHECK = instanceOf(HealthCheck, "use a factory, as in HealthCheck.http('/healthz')");
const SECURITY = optionsLike<ContainerSecurity>('an object that names freedoms', 'pass { allowRoot: true } or the like');
const RESOURCES = optionsLike<kplus.ContainerResources>('an object with cpu and memory', 'pass { cpu: { request: kplus.Cpu.millis(100) } } or the like');
const VARIABLES = optionsLike<{ [name: string]: kplus.EnvValue }>('an object of variables', "pass { NAME: kplus.EnvValue.fromValue('text') }");
const SOURCES = listOf(instanceOf(EnvironmentSource, 'use a factory, as in EnvironmentSource.secret(secret)'));
const MOUNTS = listOf(optionsLike<PodVolumeMount>('an object with path and volume', "pass { path: '/tmp', volume: PodVolume.emptyDir('tmp') }"));

/** What each of the settings has to be. */
export const SETTINGS: { readonly [name in keyof ContainerSettings]-?: Expected<unknown> } = {
  env: VARIABLES,
  envFrom: SOURCES,
  command: TEXTS,
  args: TEXTS,
  workingDirectory: TEXT,
  resources: RESOURCES,
  devices: DEVICES,
  mounts: MOUNTS,
  imagePullPolicy: TEXT,
  securityContext: SECURITY,
  terminationMessagePath: TEXT,
  terminationMessagePolicy: memberOf('TerminationMessagePolicy', TerminationMessagePolicy),
};

const CHECKS = { readiness: HEALTH_CHECK, liveness: HEALTH_CHECK, startup: HEALTH_CHECK };
const INIT: { readonly [name in keyof InitContainer]-?: Expected<unknown> } = { ...SETTINGS, name: TEXT, image: TEXT };
const SIDECAR: { readonly [name in keyof SidecarContainer]-?: Expected<unknown> } = { ...INIT, ...CHECKS };
const CONTAINERS = listOf(optionsLike<SidecarContainer>('an object with name and image', "pass { name: 'proxy', image: 'registry.example.com/shop/proxy:1.0.0' }"));

export const SIDECARS: Expected<SidecarContainer[]> = CONTAINERS;
export const INIT_CONTAINERS: Expected<InitContainer[]> = CONTAINERS;

/** Properties of an object that are not what they have to be. */
export function shapeProblems<T extends object>(given: T, shape: { readonly [name in keyof T]-?: Expected<unknown> }, at = ''): ProblemReport[] {
  return (Object.keys(shape) as (keyof T & string)[]).flatMap(name => wrongType(`${at}${name}`, given[name], shape[name]));
}

/** What is wrong inside of the settings of a container that are what they have to be. */
export function settingsProblems(settings: ContainerSettings, at = ''): ProblemReport[] {
  return [
    ...environmentProblems(usable(settings.env, VARIABLES), `${at}env`),
    ...resourceProblems(usable(settings.resources, RESOURCES), `${at}resources`),
    ...securityProblems(usable(settings.securityContext, SECURITY), `${at}securityContext`),
    ...(usable(settings.envFrom, SOURCES) ?? []).flatMap((source, i) => source._problems(`${at}envFrom[${i}]`)),
    ...(usable(settings.mounts, MOUNTS) ?? []).flatMap((mount, i) => mountProblems(mount, `${at}mounts[${i}]`)),
  ];
}

/** What is wrong with the checks of a container. */
export function checkProblems(checks: Pick<SidecarContainer, 'readiness' | 'liveness' | 'startup'>, at = ''): ProblemReport[] {
  return (['readiness', 'liveness', 'startup'] as const)
    .flatMap(name => usable(checks[name], HEALTH_CHECK)?._problems(`${at}${name}`) ?? []);
}

export function sidecarProblems(sidecars: SidecarContainer[] | undefined): ProblemReport[] {
  return list(usable(sidecars, SIDECARS)).flatMap((sidecar, i) => [
    ...shapeProblems(sidecar, SIDECAR, `sidecars[${i}].`),
    ...settingsProblems(sidecar, `sidecars[${i}].`),
    ...checkProblems(sidecar, `sidecars[${i}].`),
  ]);
}

export function initProblems(containers: InitContainer[] | undefined): ProblemReport[] {
  return list(usable(containers, INIT_CONTAINERS)).flatMap((container, i) => [
    ...shapeProblems(container, INIT, `initContainers[${i}].`),
    ...settingsProblems(container, `initContainers[${i}].`),
  ]);
}
