import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { checkFiles } from '../../../lib/analysis/check-files';
import { discover } from '../../../lib/analysis/discovery';
import { bundledKind } from '../../../lib/analysis/schema/bundled-kinds';
import { violationsOf } from '../../../lib/analysis/schema/judge';
import { Problem } from '../../../lib/core/problem';

const RULES = discover(path.join(__dirname, '..', '..', '..', 'lib', 'analysis', 'rules', 'istio', 'webhook'));
const CODES = RULES.map(rule => rule.code);

function found(text: string): Problem[] {
  return checkFiles([{ name: 'example.yaml', text }]);
}

describe.each(RULES.map(rule => [rule.code, rule] as const))('%s', (code, { example, severity }) => {
  test('refuses its example, and lets the mended one pass', () => {
    const refused = found(example!.refused).filter(problem => problem.code === code);
    expect(refused).not.toEqual([]);
    for (const problem of refused) expect(problem.field && problem.reason && problem.fix).toBeTruthy();
    const left = found(example!.accepted).filter(problem => problem.code === code || (problem.severity ?? 'error') === 'error');
    expect(left.map(problem => `${problem.code} ${problem.field}: ${problem.reason}`)).toEqual([]);
    expect(found(example!.refused).filter(problem => CODES.includes(problem.code)).map(problem => problem.code)).toEqual(refused.map(() => code));
  });

  test('says what the schema of the kind does not say', () => {
    for (const text of severity === undefined ? [example!.refused, example!.accepted] : [example!.accepted]) {
      for (const document of parseAllDocuments(text)) {
        const object = document.toJS() as { apiVersion: string; kind: string };
        const [group, version] = object.apiVersion.split('/');
        expect(violationsOf(object as never, bundledKind(group, object.kind)!, version)).toEqual([]);
      }
    }
  });
});

const KINDS = ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'WorkloadEntry', 'WorkloadGroup', 'EnvoyFilter']
  .map(kind => `networking.istio.io/v1 ${kind}`)
  .concat(['AuthorizationPolicy', 'RequestAuthentication', 'PeerAuthentication'].map(kind => `security.istio.io/v1 ${kind}`));
const GARBAGE = ['null', '7', 'text', '[null, 1, [x]]', '{}'];
const FIELDS = ['hosts', 'http', 'tls', 'tcp', 'gateways', 'exportTo', 'servers', 'subsets', 'trafficPolicy', 'ports', 'endpoints', 'addresses', 'egress', 'ingress', 'rules',
  'jwtRules', 'configPatches', 'selector', 'targetRefs', 'labels', 'address', 'metadata'];

test.each(KINDS)('reads a %s of any shape', kind => {
  const [apiVersion, name] = kind.split(' ');
  const specs = GARBAGE.concat(FIELDS.flatMap(field => GARBAGE.flatMap(garbage => [
    `{ ${field}: ${garbage} }`, `{ ${field}: [{ match: ${garbage}, route: ${garbage}, port: ${garbage}, tls: ${garbage}, from: ${garbage}, when: ${garbage}, fault: ${garbage} }] }`,
  ])));
  const text = specs.map((spec, index) => `apiVersion: ${apiVersion}\nkind: ${name}\nmetadata: { name: n${index} }\nspec: ${spec}\n`).join('---\n');
  expect(found(text).filter(problem => problem.code === 'SM0007').map(problem => problem.reason)).toEqual([]);
});
