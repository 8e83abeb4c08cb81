/** Why Linkerd does not take the value of an annotation; undefined where it does, and for keys that are none of its own. */
export function valueFault(key: string, value: string): string | undefined {
  switch (key) {
    case 'retry.linkerd.io/http': return listFault(value, httpFault);
    case 'retry.linkerd.io/grpc': return listFault(value, condition => GRPC.has(condition.toLowerCase()) ? undefined : `${JSON.stringify(condition)} is no status of gRPC that it knows`);
    case 'retry.linkerd.io/limit': return /^\+?\d+$/.test(value) && Number(value) <= 65535 ? undefined : 'it is no whole number from 0 to 65535';
    case 'retry.linkerd.io/timeout': case 'timeout.linkerd.io/request': case 'timeout.linkerd.io/response': case 'timeout.linkerd.io/idle': return durationFault(value);
    default: return undefined;
  }
}

export const KEYS = [
  'retry.linkerd.io/http', 'retry.linkerd.io/grpc', 'retry.linkerd.io/limit', 'retry.linkerd.io/timeout', 'timeout.linkerd.io/request', 'timeout.linkerd.io/response', 'timeout.linkerd.io/idle',
];

const GRPC = new Set(['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable']);

function listFault(value: string, fault: (condition: string) => string | undefined): string | undefined {
  return value.split(',').map(fault).find(found => found !== undefined);
}

function httpFault(condition: string): string | undefined {
  if (['5xx', 'gateway-error'].includes(condition.toLowerCase())) return undefined;
  const [first, last = first, ...rest] = condition.split('-');
  if (rest.length > 0 || ![first, last].every(isStatus)) return `${JSON.stringify(condition)} is neither 5xx nor gateway-error, nor a status or a range of statuses from 100 to 599`;
  return Number(first) <= Number(last) ? undefined : `the range ${condition} ends before it begins`;
}

function isStatus(text: string): boolean {
  return /^\+?\d+$/.test(text) && Number(text) >= 100 && Number(text) < 600;
}

function durationFault(value: string): string | undefined {
  const said = value.trim();
  if (said.startsWith('-')) return 'a duration is not negative';
  const parts = /^(.*\d)([^\d]*)$/.exec(said);
  if (!parts) return 'it is no duration';
  const [, magnitude, unit] = parts;
  if (magnitude.includes('.')) return 'a duration is a whole number with its unit, without fractions';
  if (!/^\+?\d+$/.test(magnitude)) return 'a duration has one number and one unit';
  if (unit === '') return Number(magnitude) === 0 ? undefined : `the unit is missing: ${magnitude}s or ${magnitude}ms`;
  return ['ms', 's', 'm', 'h', 'd'].includes(unit) ? undefined : `${JSON.stringify(unit)} is none of its units ms, s, m, h and d`;
}
