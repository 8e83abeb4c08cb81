import { isIP } from 'net';
import { parseQuantity } from '../../schema/quantity';

/** Says what is wrong with a value, if anything is. */
type Check = (value: string) => string | undefined;

const seconds: Check = value => /^\d+$/.test(value) && Number(value) < 2 ** 32 ? undefined : 'it is no whole number';

const flag: Check = value => /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value) ? undefined : 'it is neither true nor false';

const quantity: Check = value => parseQuantity(value) === undefined ? 'it is no quantity such as 100m or 128Mi' : undefined;

const port: Check = value => /^\d+$/.test(value.trim()) && Number(value) <= 65535 ? undefined : `${value.trim() || 'nothing'} is no port`;

const ports: Check = value => value.trim() === '' ? undefined : value.split(',').map(port).find(flaw => flaw !== undefined);

const networks: Check = value => value === '' ? undefined : value.split(',').map(network).find(flaw => flaw !== undefined);

const orAll = (check: Check): Check => value => value === '*' ? undefined : check(value);

function network(value: string): string | undefined {
  const [address, length, ...more] = value.split('/');
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1;
  return more.length === 0 && bits > 0 && /^\d+$/.test(length ?? '') && Number(length) <= bits ? undefined : `${value || 'nothing'} is no network such as 10.0.0.0/8`;
}

/** What the injector checks of the values of annotations (istio pkg/kube/inject/validate.go). */
export const VALUE_CHECKS: Readonly<Record<string, Check>> = {
  'sidecar.istio.io/interceptionMode': value => ['REDIRECT', 'TPROXY', 'NONE'].includes(value) ? undefined : 'it is none of REDIRECT, TPROXY, NONE',
  'status.sidecar.istio.io/port': port,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': seconds,
  'readiness.status.sidecar.istio.io/periodSeconds': seconds,
  'readiness.status.sidecar.istio.io/failureThreshold': seconds,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': orAll(networks),
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': networks,
  'traffic.sidecar.istio.io/includeInboundPorts': orAll(ports),
  'traffic.sidecar.istio.io/excludeInboundPorts': ports,
  'traffic.sidecar.istio.io/excludeOutboundPorts': ports,
  'prometheus.istio.io/merge-metrics': flag,
  'sidecar.istio.io/proxyCPU': quantity,
  'sidecar.istio.io/proxyCPULimit': quantity,
  'sidecar.istio.io/proxyMemory': quantity,
  'sidecar.istio.io/proxyMemoryLimit': quantity,
};
