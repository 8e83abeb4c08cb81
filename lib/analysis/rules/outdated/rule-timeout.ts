import { destinationRule, trafficPolicies } from './traffic-policies';
import { Rule } from '../../rule';
import { Entry, fieldsAt, fieldsOf, isGiven } from '../../workloads';

export const ruleTimeout: Rule = {
  code: 'SM0903',
  title: 'a timeout of requests in a DestinationRule',
  explanation: 'A DestinationRule has timeouts for connections only: connectionPool.tcp.connectTimeout, connectionPool.tcp.idleTimeout and connectionPool.http.idleTimeout. How long a request may '
    + 'take is a matter of the route. The API server refuses the field, or drops it where it does not validate strictly (istio.api networking/v1alpha3/destination_rule.proto).',
  example: {
    refused: destinationRule('{ connectionPool: { http: { timeout: { requestTimeout: 5s } } } }'),
    accepted: destinationRule('{ connectionPool: { http: { idleTimeout: 5m } } }'),
  },
  check(context) {
    for (const { rule, policy } of trafficPolicies(context.model)) {
      for (const { field, value } of timeouts(policy)) {
        context.report(rule, {
          field,
          value,
          reason: 'a DestinationRule has no timeout of requests',
          fix: 'write timeout into the route of a VirtualService (http[].timeout); for idle connections connectionPool.http.idleTimeout, for new ones connectionPool.tcp.connectTimeout',
        });
      }
    }
  },
};

function timeouts({ field, value }: Entry): { readonly field: string; readonly value: unknown }[] {
  const places = [
    { field, value },
    { field: `${field}.http`, value: fieldsOf(value.http) },
    { field: `${field}.connectionPool`, value: fieldsOf(value.connectionPool) },
    { field: `${field}.connectionPool.http`, value: fieldsAt(value, 'connectionPool', 'http') },
    { field: `${field}.connectionPool.tcp`, value: fieldsAt(value, 'connectionPool', 'tcp') },
  ];
  return places.flatMap(place => ['timeout', 'requestTimeout'].filter(name => isGiven(place.value[name]))
    .map(name => ({ field: `${place.field}.${name}`, value: place.value[name] })));
}
