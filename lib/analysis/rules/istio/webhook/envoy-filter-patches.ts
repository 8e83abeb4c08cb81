import { eachOfNetworking } from './each';
import { regularExpressionFault } from './regular-expressions';
import { Finding, Rule } from '../../../rule';
import { entriesOf, Entry, fieldsAt, fieldsOf, isGiven, textOf } from '../../../workloads';

const LISTENERS = ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER'];
const ROUTES = ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE'];
const OBJECTS = ['listener', 'routeConfiguration', 'cluster', 'waypoint'];
const HTTP_MANAGERS = ['envoy.filters.network.http_connection_manager', 'envoy.http_connection_manager'];

export const envoyFilterPatches: Rule = {
  code: 'SM1072',
  title: 'patch of an EnvoyFilter that cannot be applied',
  explanation: 'A patch says to what it applies, what it does and, unless it removes, with which value; it is matched by objects of the kind that it applies to '
    + '(validateEnvoyFilter in istio pkg/config/validation/envoyfilter/envoyfilter.go).',
  peers: ['IST0106'],
  example: {
    refused: `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: timeouts, namespace: shop }
spec:
  configPatches:
    - applyTo: CLUSTER
      match: { context: SIDECAR_OUTBOUND, listener: { portNumber: 80 } }
      patch: { operation: MERGE, value: { connect_timeout: 1s } }
`,
    accepted: `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: timeouts, namespace: shop }
spec:
  configPatches:
    - applyTo: CLUSTER
      match: { context: SIDECAR_OUTBOUND, cluster: { portNumber: 80 } }
      patch: { operation: MERGE, value: { connect_timeout: 1s } }
`,
  },
  check: eachOfNetworking('EnvoyFilter', spec => entriesOf(spec.configPatches, 'spec.configPatches').flatMap(inPatch)),
};

function inPatch(entry: Entry): Finding[] {
  const { field, value } = entry;
  const match = fieldsOf(value.match);
  if (match.context === 'WAYPOINT') return [];
  const { operation, value: change } = fieldsOf(value.patch);
  const missing = unset(value.applyTo) ? 'applyTo' : !isGiven(value.patch) ? 'patch' : unset(operation) ? 'patch.operation'
    : operation !== 'REMOVE' && !isGiven(change) ? 'patch.value' : undefined;
  if (missing !== undefined) return [{ field: `${field}.${missing}`, reason: 'a patch says to what it applies, what it does and with which value', fix: `write ${missing}` }];
  const version = textOf(fieldsOf(match.proxy).proxyVersion);
  const fault = version === undefined || version.length > 1024 ? undefined : regularExpressionFault(version);
  if (fault !== undefined) return [{ field: `${field}.match.proxy.proxyVersion`, value: version, reason: fault, fix: 'write a regular expression of RE2' }];
  const wanted = LISTENERS.includes(String(value.applyTo)) ? 'listener' : ROUTES.includes(String(value.applyTo)) ? 'routeConfiguration'
    : value.applyTo === 'CLUSTER' ? 'cluster' : undefined;
  const other = OBJECTS.find(name => isGiven(match[name]));
  if (wanted !== undefined && other !== undefined && !isGiven(match[wanted])) {
    return [{ field: `${field}.match.${other}`, reason: `it is not what a patch of ${value.applyTo} is matched by`, fix: `write match: { ${wanted}: ... }` }];
  }
  return wanted === 'listener' ? inFilter(entry) : [];
}

function inFilter({ field, value }: Entry): Finding[] {
  const filter = fieldsAt(value.match, 'listener', 'filterChain').filter;
  if (!isGiven(filter)) return [];
  const at = `${field}.match.listener.filterChain.filter`;
  const { name, subFilter } = fieldsOf(filter);
  if (textOf(name) === undefined) return [{ field: `${at}.name`, reason: 'filters are matched by their names', fix: 'write name: envoy.filters...' }];
  if (!isGiven(subFilter)) return [];
  if (value.applyTo !== 'HTTP_FILTER') return [{ field: `${at}.subFilter`, reason: `a patch of ${value.applyTo} has no filters within filters`, fix: 'write applyTo: HTTP_FILTER, or leave subFilter out' }];
  if (!HTTP_MANAGERS.includes(String(name))) return [{ field: `${at}.name`, value: String(name), reason: 'only the HTTP connection manager has filters within it', fix: `write name: ${HTTP_MANAGERS[0]}` }];
  return textOf(fieldsOf(subFilter).name) === undefined ? [{ field: `${at}.subFilter.name`, reason: 'filters are matched by their names', fix: 'write name: envoy.filters...' }] : [];
}

function unset(value: unknown): boolean {
  return !isGiven(value) || value === 'INVALID' || value === '';
}
