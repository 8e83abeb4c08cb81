import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { Entry, entriesOf, fieldsAt, fieldsOf, numberOf, textOf } from '../../workloads';

const RELATIVE = ['INSERT_BEFORE', 'INSERT_AFTER', 'REMOVE', 'REPLACE'];
const ROUTES = ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'];
const REPLACEABLE = ['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST'];

export const relativeOperation: Rule = {
  code: 'SM0626',
  title: 'EnvoyFilter whose effect depends on the order of others',
  explanation: 'A patch beside, in place of or instead of another filter needs that one to be there already; without spec.priority nobody says which EnvoyFilter comes first '
    + '(istio.io/latest/docs/reference/config/networking/envoy-filter).',
  severity: Severity.WARNING,
  peers: ['IST0151', 'IST0155'],
  example: {
    refused: filter('INSERT_AFTER', ''),
    accepted: filter('INSERT_AFTER', '  priority: 10\n'),
  },
  check(context) {
    // names of filters that an earlier patch touches only in some versions of the proxy
    const versioned = new Set<string>();
    forEachPatch(context, (object, { field, value }) => {
      const { operation, applyTo } = patchOf(value);
      const name = nameOf(value);
      const effective = operation === 'REMOVE' ? !ROUTES.includes(applyTo) : operation === 'REPLACE' ? REPLACEABLE.includes(applyTo) : true;
      if (RELATIVE.includes(operation) && effective && (numberOf(fieldsOf(object.manifest.spec).priority) ?? 0) === 0) {
        const clash = versioned.has(name);
        context.report(object, {
          field: `${field}.patch.operation`,
          value: operation,
          reason: clash ? 'another EnvoyFilter patches the same filter for some versions of the proxy, and nothing says which comes first'
            : 'what it is put beside has to be there already, and nothing says which EnvoyFilter comes first',
          fix: 'set spec.priority, higher than that of the filters it builds on',
          peers: [clash ? 'IST0155' : 'IST0151'],
        });
      }
      if (textOf(fieldsAt(value, 'match', 'proxy').proxyVersion) !== undefined) versioned.add(name);
    });
  },
};

export const ineffectiveOperation: Rule = {
  code: 'SM0627',
  title: 'EnvoyFilter that is ignored',
  explanation: 'Istio ignores ADD and REMOVE on routes, and REPLACE on what is no filter and no virtual host '
    + '(istio.io/latest/docs/reference/config/networking/envoy-filter).',
  severity: Severity.WARNING,
  peers: ['IST0152', 'IST0153', 'IST0154'],
  example: {
    refused: filter('ADD', '').replace('applyTo: HTTP_FILTER', 'applyTo: HTTP_ROUTE').replace(/ {6}match:[^]*?(?= {6}patch:)/, ''),
    accepted: filter('ADD', '').replace('applyTo: HTTP_FILTER', 'applyTo: CLUSTER').replace(/ {6}match:[^]*?(?= {6}patch:)/, ''),
  },
  check(context) {
    forEachPatch(context, (object, { field, value }) => {
      const { operation, applyTo } = patchOf(value);
      const ignored = operation === 'REPLACE' ? !REPLACEABLE.includes(applyTo) : ['ADD', 'REMOVE'].includes(operation) && ROUTES.includes(applyTo);
      if (!ignored) return;
      context.report(object, {
        field: `${field}.patch.operation`,
        value: operation,
        reason: `${operation} does nothing to a ${applyTo}`,
        fix: operation === 'REPLACE' ? 'use MERGE' : 'patch the VIRTUAL_HOST, or use MERGE',
        peers: [operation === 'REPLACE' ? 'IST0152' : operation === 'ADD' ? 'IST0153' : 'IST0154'],
      });
    });
  },
};

function forEachPatch(context: RuleContext, look: (object: ModelObject, patch: Entry) => void): void {
  for (const object of context.model.ofKind('networking.istio.io', 'EnvoyFilter')) {
    for (const patch of entriesOf(fieldsOf(object.manifest.spec).configPatches, 'spec.configPatches')) {
      if (Object.keys(fieldsOf(patch.value.patch)).length > 0) look(object, patch);
    }
  }
}

function patchOf(value: Entry['value']): { operation: string; applyTo: string } {
  return { operation: textOf(fieldsOf(value.patch).operation) ?? '', applyTo: textOf(value.applyTo) ?? '' };
}

/** The filter that a patch is about. */
function nameOf(value: Entry['value']): string {
  const written = fieldsAt(value, 'patch', 'value');
  if (Object.keys(written).length === 0) return '';
  return textOf(written.name) ?? textOf(fieldsAt(value, 'match', 'listener', 'filterChain', 'filter').name) ?? '';
}

function filter(operation: string, priority: string): string {
  return `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: headers, namespace: shop }
spec:
${priority}  configPatches:
    - applyTo: HTTP_FILTER
      match:
        context: SIDECAR_INBOUND
        listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager, subFilter: { name: envoy.filters.http.router } } } }
      patch:
        operation: ${operation}
        value:
          name: envoy.filters.http.lua
          typed_config: { '@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua, inlineCode: 'function envoy_on_request(handle) end' }
`;
}
