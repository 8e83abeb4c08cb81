import { eachOfNetworking, figure } from './each';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, Fields, fieldsOf, isGiven } from '../../../workloads';

const GRPC = ['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'];

export const faultInjection: Rule = {
  code: 'SM1014',
  title: 'fault that no proxy can bring about',
  explanation: 'A fault is a delay or an abort, for a share of 0 or of 0.0001 to 100 percent; an abort has an HTTP status from 200 to 600 or the name of a gRPC status '
    + '(validateHTTPFaultInjection in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - fault: { abort: { percentage: { value: 150 }, httpStatus: 503 } }
      route: [{ destination: { host: orders.example.com } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - fault: { abort: { percentage: { value: 15 }, httpStatus: 503 } }
      route: [{ destination: { host: orders.example.com } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(({ field, value }) => inFault(value.fault, `${field}.fault`))),
};

export const mirrorShare: Rule = {
  code: 'SM1015',
  title: 'share of mirrored requests that is none',
  explanation: 'A share of mirrored requests is from 0 to 100 percent (validateHTTPMirrors in istio pkg/config/validation/validation.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route: [{ destination: { host: orders.example.com } }]
      mirrors: [{ destination: { host: new-orders.example.com }, percentage: { value: 110 } }]
`,
    accepted: `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: orders, namespace: shop }
spec:
  hosts: [orders.example.com]
  http:
    - route: [{ destination: { host: orders.example.com } }]
      mirrors: [{ destination: { host: new-orders.example.com }, percentage: { value: 10 } }]
`,
  },
  check: eachOfNetworking('VirtualService', spec => entriesOf(spec.http, 'spec.http').flatMap(inMirrors)),
};

function inFault(value: unknown, field: string): Finding[] {
  if (!isGiven(value)) return [];
  const { abort, delay } = fieldsOf(value);
  if (!isGiven(abort) && !isGiven(delay)) return [{ field, reason: 'it says neither abort nor delay', fix: 'write abort: or delay:' }];
  return [...inShare(fieldsOf(abort), `${field}.abort`), ...inAbort(fieldsOf(abort), `${field}.abort`), ...inShare(fieldsOf(delay), `${field}.delay`),
    ...isGiven(fieldsOf(delay).exponentialDelay)
      ? [{ field: `${field}.delay.exponentialDelay`, reason: 'Istio has no delays that grow', fix: 'write fixedDelay' }] : []];
}

function inAbort({ httpStatus, grpcStatus, http2Error }: Fields, field: string): Finding[] {
  const status = figure(httpStatus);
  if (status !== undefined && (status < 200 || status > 600)) {
    return [{ field: `${field}.httpStatus`, value: String(status), reason: 'this is not the status of an answer', fix: 'write a status from 200 to 599, such as 503' }];
  }
  if (typeof grpcStatus === 'string' && !GRPC.includes(grpcStatus)) {
    return [{ field: `${field}.grpcStatus`, value: grpcStatus, reason: 'gRPC has no such status', fix: `write one of ${GRPC.join(', ')}` }];
  }
  return isGiven(http2Error) ? [{ field: `${field}.http2Error`, reason: 'Istio does not bring it about', fix: 'write httpStatus or grpcStatus' }] : [];
}

function inShare({ percentage }: Fields, field: string): Finding[] {
  const share = figure(fieldsOf(percentage).value) ?? 0;
  if (share === 0 || share >= 0.0001 && share <= 100) return [];
  return [{ field: `${field}.percentage.value`, value: String(share), reason: 'a share is 0, or from 0.0001 to 100 percent', fix: 'write percentage: { value: 10 }' }];
}

function inMirrors({ field, value }: Entry): Finding[] {
  const shares = [
    { field: `${field}.mirrorPercent`, share: figure(value.mirrorPercent) }, { field: `${field}.mirrorPercentage.value`, share: figure(fieldsOf(value.mirrorPercentage).value) },
    ...entriesOf(value.mirrors, `${field}.mirrors`).map(mirror => ({ field: `${mirror.field}.percentage.value`, share: figure(fieldsOf(mirror.value.percentage).value) })),
  ];
  return shares.filter(({ share = 0 }) => share < 0 || share > 100)
    .map(({ field: at, share }) => ({ field: at, value: String(share), reason: 'a share is from 0 to 100 percent', fix: 'write a number such as 10' }));
}
