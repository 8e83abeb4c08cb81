import { MUTUAL_TLS, TOKENS } from './authentication-cases';
import { ACTIONS, CONDITIONS, OPERATIONS, SCOPES, SOURCES, TCP } from './authorization-cases';
import { Case, checkout, LEDGER, ledger, SHOP } from './cases';
import { AMBIENT, NETWORK } from './network-cases';
import { EGRESS_SCOPES, ROUTES, WAYPOINT_ROUTES } from './route-cases';
import { Reachability } from '../../../lib';

const TABLE: Readonly<Record<string, readonly Case[]>> = {
  'the actions of policies': ACTIONS,
  'the pods of policies': SCOPES,
  'sources': SOURCES,
  'operations': OPERATIONS,
  'conditions': CONDITIONS,
  'connections without HTTP': TCP,
  'mutual TLS': MUTUAL_TLS,
  'tokens': TOKENS,
  'network policies': NETWORK,
  'ambient mode': AMBIENT,
  'what sidecars know': EGRESS_SCOPES,
  'routes of the mesh': ROUTES,
  'routes at a waypoint': WAYPOINT_ROUTES,
};

for (const [topic, cases] of Object.entries(TABLE)) {
  describe(`reachability agrees with the documents on ${topic}`, () => {
    test.each(cases.map(one => [one.what, one] as const))('%s', (_what, { yaml, ask, outcome, by, source }) => {
      const verdict = Reachability.ofYaml([SHOP, LEDGER, yaml].filter(text => text !== '').join('---\n')).request({ from: checkout, to: ledger, ...ask });
      expect({ source, outcome: verdict.outcome, text: verdict.toString() }).toEqual({ source, outcome, text: verdict.toString() });
      if (by !== undefined) expect(verdict.decidedBy?.name).toBe(by);
    });
  });
}

test('the table has at least 60 cases, each with its source', () => {
  const cases = Object.values(TABLE).flat();
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(cases.filter(({ source }) => source === '')).toEqual([]);
});
