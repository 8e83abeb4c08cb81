import type * as kplus from 'cdk8s-plus-28';
import { CPU, quantity } from './quantities';
import { ServiceSpecTemplateSpecContainersResources as Resources } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { Expected, optionsLike, SIZE, usable, wrongType } from '../core/wrong-type';

/** Enough for a small service, and a leak meets the limit before it takes the node down. CPU is not limited: throttling lengthens cold starts. */
const DEFAULTS: Resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } };

type Bounds = { readonly request?: unknown; readonly limit?: unknown };
type Kind = { readonly property: 'cpu' | 'memory' | 'ephemeralStorage'; readonly resource: string; readonly expected: Expected<unknown> };

const BOUNDS = optionsLike<Bounds>('an object with request and limit', 'pass { request, limit }');

const KINDS: readonly Kind[] = [
  { property: 'cpu', resource: 'cpu', expected: CPU },
  { property: 'memory', resource: 'memory', expected: SIZE },
  { property: 'ephemeralStorage', resource: 'ephemeral-storage', expected: SIZE },
];

export const DEVICES: Expected<{ [name: string]: number }> = {
  what: 'a map of numbers',
  fix: "pass a count for each device, as in { 'nvidia.com/gpu': 1 }",
  holds: (value): value is { [name: string]: number } => typeof value === 'object' && value !== null && !Array.isArray(value)
    && Object.values(value).every(count => typeof count === 'number'),
};

export function renderResources(given: kplus.ContainerResources | undefined, devices?: { [name: string]: number }): Resources | undefined {
  const amounts = given === undefined || given === null ? DEFAULTS : renderAmounts(given);
  const counted = Object.entries(usable(devices, DEVICES) ?? {}).map(([name, count]) => [name, String(count)]);
  return counted.length === 0 ? amounts : { ...amounts, limits: { ...amounts?.limits, ...Object.fromEntries(counted) } };
}

/** Requests and limits as they were given, without defaults. */
export function renderAmounts(given: kplus.ContainerResources): Resources | undefined {
  const requests: Record<string, string> = {};
  const limits: Record<string, string> = {};
  for (const { property, resource } of KINDS) {
    const bounds = usable(given[property], BOUNDS);
    const request = quantity(bounds?.request);
    const limit = quantity(bounds?.limit);
    if (request !== undefined) requests[resource] = request;
    if (limit !== undefined) limits[resource] = limit;
  }
  const some = (amounts: Record<string, string>) => Object.keys(amounts).length > 0 ? amounts : undefined;
  return some(requests) || some(limits) ? { requests: some(requests), limits: some(limits) } : undefined;
}

export function resourceProblems(given: kplus.ContainerResources | undefined, at: string): ProblemReport[] {
  return KINDS.flatMap(({ property, expected }) => {
    const bounds = given?.[property] as Bounds | undefined;
    return [
      ...wrongType(`${at}.${property}`, bounds, BOUNDS),
      ...wrongType(`${at}.${property}.request`, usable(bounds, BOUNDS)?.request, expected),
      ...wrongType(`${at}.${property}.limit`, usable(bounds, BOUNDS)?.limit, expected),
    ];
  });
}
