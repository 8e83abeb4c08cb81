import type { ContainerSettings, InitContainer, SidecarContainer } from './container-props';
import { renderResources } from './container-resources';
import { renderSecurity } from './container-security';
import { renderEnvironment } from './environment';
import { EnvironmentSource } from './environment-source';
import { HealthCheck } from './health-check';
import { PodVolume } from './pod-volume';
import { PodVolumeMount, renderMount, volumeOf } from './pod-volume-mount';
import { ServiceSpecTemplateSpecContainers as Container, ServiceSpecTemplateSpecVolumes as Volume } from '../../imports/serving.knative.dev';
import { instanceOf, TEXT, TEXTS, usable } from '../core/wrong-type';

const HEALTH_CHECK = instanceOf(HealthCheck, '');
const ENVIRONMENT_SOURCE = instanceOf(EnvironmentSource, '');

/** What any container has in common with the others. */
export function renderSettings(settings: ContainerSettings): Omit<Container, 'name' | 'ports'> {
  return {
    command: usable(settings.command, TEXTS),
    args: usable(settings.args, TEXTS),
    workingDir: usable(settings.workingDirectory, TEXT),
    env: renderEnvironment(settings.env),
    envFrom: some(list<EnvironmentSource>(settings.envFrom).filter(ENVIRONMENT_SOURCE.holds).map(source => source._toEnvFrom())),
    resources: renderResources(settings.resources, settings.devices),
    volumeMounts: some(list<PodVolumeMount>(settings.mounts).flatMap(mount => renderMount(mount) ?? [])),
    imagePullPolicy: usable(settings.imagePullPolicy, TEXT),
    securityContext: renderSecurity(settings.securityContext),
    terminationMessagePath: usable(settings.terminationMessagePath, TEXT),
    terminationMessagePolicy: usable(settings.terminationMessagePolicy, TEXT),
  };
}

/** The checks of a container, of which only readiness has a port of its own where none is named. */
export function renderChecks(checks: Pick<SidecarContainer, 'readiness' | 'liveness' | 'startup'>, port?: number): Partial<Container> {
  return {
    readinessProbe: usable(checks.readiness, HEALTH_CHECK)?._toProbe(),
    livenessProbe: usable(checks.liveness, HEALTH_CHECK)?._toProbe(port),
    startupProbe: usable(checks.startup, HEALTH_CHECK)?._toProbe(port),
  };
}

export function renderSidecar(sidecar: SidecarContainer): Container {
  return { ...renderInit(sidecar), ...renderChecks(sidecar) };
}

export function renderInit(container: InitContainer): Container {
  return { name: usable(container?.name, TEXT), image: usable(container?.image, TEXT), ...renderSettings(container ?? {}) };
}

/** The volumes that containers mount, each of them once. */
export function renderVolumes(containers: readonly ContainerSettings[]): Volume[] | undefined {
  const volumes = new Set<PodVolume>(containers.flatMap(({ mounts }) => list<PodVolumeMount>(mounts).flatMap(mount => volumeOf(mount) ?? [])));
  const written = new Map([...volumes].map(volume => volume._toVolume()).map(volume => [JSON.stringify(volume), volume]));
  return some([...written.values()]);
}

/** A list that somebody gave; empty where there is none. */
export function list<T>(given: T[] | undefined): T[] {
  return Array.isArray(given) ? given.filter(entry => entry !== undefined && entry !== null) : [];
}

function some<T>(entries: T[]): T[] | undefined {
  return entries.length > 0 ? entries : undefined;
}
