import type * as kplus from 'cdk8s-plus-28';
import { ServiceSpecTemplateSpecContainersResources as Resources } from '../../imports/serving.knative.dev';
import { ProblemReport } from '../core/problem';
import { Expected, optionsLike, SIZE, usable, wrongType } from '../core/wrong-type';

/** Enough for a small service, and a leak meets the limit before it takes the node down. CPU is not limited: throttling lengthens cold starts. */
const DEFAULTS: Resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } };

type Bounds = { readonly request?: unknown; readonly limit?: unknown };
type Kind = { readonly property: 'cpu' | 'memory' | 'ephemeralStorage'; readonly resource: string; readonly expected: Expected<unknown> };

const CPU: Expected<kplus.Cpu> = {
  what: 'a Cpu of cdk8s-plus',
  fix: 'write the unit down, as in kplus.Cpu.millis(100)',
  holds: (value): value is kplus.Cpu => typeof (value as kplus.Cpu | undefined)?.amount === 'string',
};

const BOUNDS = optionsLike<Bounds>('an object with request and limit', 'pass { request, limit }');

const KINDS: readonly Kind[] = [
  { property: 'cpu', resource: 'cpu', expected: CPU },
  { property: 'memory', resource: 'memory', expected: SIZE },
  { property: 'ephemeralStorage', resource: 'ephemeral-storage', expected: SIZE },
];

export function renderResources(given: kplus.ContainerResources | undefined): Resources | undefined {
  if (given === undefined || given === null) return DEFAULTS;
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

export function resourceProblems(given: kplus.ContainerResources | undefined): ProblemReport[] {
  return KINDS.flatMap(({ property, expected }) => {
    const bounds = given?.[property] as Bounds | undefined;
    return [
      ...wrongType(`resources.${property}`, bounds, BOUNDS),
      ...wrongType(`resources.${property}.request`, usable(bounds, BOUNDS)?.request, expected),
      ...wrongType(`resources.${property}.limit`, usable(bounds, BOUNDS)?.limit, expected),
    ];
  });
}

function quantity(amount: unknown): string | undefined {
  if (CPU.holds(amount)) return amount.amount;
  if (!SIZE.holds(amount)) return undefined;
  const kibibytes = amount.toKibibytes();
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${kibibytes}Ki`;
}
