import { ANYTHING, FullInstances, OPEN, REQUIRED } from './full-instance';
import { classOf, customKinds, groupSchemas, loadModule } from './generated';
import { CATALOGUE, CatalogueEntry } from '../../scripts/import/catalogue';
import { Schema } from '../../scripts/import/crds';

/** Where a rendered instance and the schema of its kind disagree. */
class Comparison {
  readonly differences: string[] = [];
  /** Free-form in TypeScript, though the schema knows the fields. */
  readonly collapsed: string[] = [];
  /** Texts that are no field names. */
  readonly enumValues: { path: string; value: string }[] = [];

  constructor(private readonly definitions: Record<string, Schema>) {}

  node(reference: Schema, value: any, path: string, key: string): void {
    const schema = this.resolve(reference);
    if (schema['x-kubernetes-int-or-string']) {
      this.leaf(value, ['string'], path, key);
    } else if (value?.[ANYTHING]) {
      if (schema.properties || typeof schema.additionalProperties === 'object' || schema.items) this.collapsed.push(path);
    } else if (Array.isArray(value)) {
      this.expect(schema.type === 'array', path, 'a list in TypeScript');
      if (schema.items) this.node(schema.items, value[0], `${path}[]`, key);
    } else if (schema.properties) {
      this.fields(schema, value, path);
    } else if (typeof schema.additionalProperties === 'object') {
      this.node(schema.additionalProperties, value['some-key'], `${path}{}`, key);
    } else {
      this.leaf(value, schema.type === 'integer' ? ['number'] : [schema.type!], path, key);
    }
  }

  /** @param outside the fields that the kind's class sees to itself */
  fields(schema: Schema, value: any, path: string, outside: readonly string[] = []): void {
    const names = Object.keys(schema.properties!).filter(name => !outside.includes(name));
    const rendered = Object.keys(value ?? {}).filter(name => ![OPEN, REQUIRED, ...outside].includes(name));
    this.expect(same(names, rendered), path, `fields ${rendered}, schema ${names}`);
    this.expect(value?.[OPEN] === (schema['x-kubernetes-preserve-unknown-fields'] === true), path, `open: ${value?.[OPEN]}, not as in the schema`);
    const required = ((schema.required ?? []) as string[]).filter(name => names.includes(name)).map(letters);
    const demanded = ((value?.[REQUIRED] ?? []) as string[]).filter(name => !outside.includes(name)).map(letters);
    this.expect(same(required, demanded), path, `requires ${demanded}, schema ${required}`);
    for (const name of names.filter(candidate => value && candidate in value)) {
      this.node(schema.properties![name], value[name], path ? `${path}.${name}` : name, name);
    }
  }

  private leaf(value: unknown, types: readonly string[], path: string, key: string): void {
    this.expect(types.includes(typeof value), path, `${typeof value} in TypeScript, ${types} in the schema`);
    if (typeof value === 'string' && letters(value) !== letters(key)) this.enumValues.push({ path, value });
  }

  private expect(holds: boolean, path: string, otherwise: string): void {
    if (!holds) this.differences.push(`${path}: ${otherwise}`);
  }

  resolve(schema: Schema): Schema {
    return schema.$ref ? this.definitions[(schema.$ref as string).replace('#/definitions/', '')] : schema;
  }
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}

function letters(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The schema at a path such as `spec.http[].match`. */
function at(comparison: Comparison, root: Schema, path: string): Schema {
  return path.match(/[^.[\]{}]+|\[\]|\{\}/g)!.reduce((node, step) => {
    const schema = comparison.resolve(node);
    if (step === '[]') return comparison.resolve(schema.items!);
    if (step === '{}') return comparison.resolve(schema.additionalProperties as Schema);
    return comparison.resolve(schema.properties![step]);
  }, root);
}

function declaredCollapses(entry: CatalogueEntry, path: string): string[] {
  return (entry.collapse ?? []).filter(pattern => {
    const expression = pattern.replace(/[.[\]{}]/g, '\\$&').replace(/\*/g, '[^.\\[\\]{}]+');
    return new RegExp(`^${expression}(\\[\\])?$`).test(path);
  });
}

const instances = new Map<string, FullInstances>();

function compare(kind: ReturnType<typeof customKinds>[number]): { comparison: Comparison; schema: Schema } {
  if (!instances.has(kind.group)) instances.set(kind.group, new FullInstances(kind.group));
  const props = `${classOf(kind).name}Props`;
  const rendered = loadModule(kind.group)[`toJson_${props}`](instances.get(kind.group)!.of(props));
  const { kinds, definitions } = groupSchemas(kind.group);
  const { schema } = kinds[kind.kind];
  const comparison = new Comparison(definitions);
  comparison.fields(schema, rendered, '', ['apiVersion', 'kind', 'metadata', 'status']);
  return { comparison, schema };
}

test('every kind of the catalogue is in the index', () => {
  const names = (kinds: readonly { group: string; kind: string }[]) => kinds.map(({ group, kind }) => `${group}/${kind}`).sort();
  expect(names(customKinds())).toEqual(names(CATALOGUE));
});

describe.each(customKinds())('the typed $kind of $group', kind => {
  const entry = CATALOGUE.find(candidate => candidate.group === kind.group && candidate.kind === kind.kind)!;

  test('writes every field of the schema under its own key and no other, and requires what the schema requires', () => {
    expect(compare(kind).comparison.differences).toEqual([]);
  });

  test('is free-form exactly where the catalogue says so', () => {
    const { collapsed } = compare(kind).comparison;
    const used = new Set(collapsed.flatMap(path => declaredCollapses(entry, path)));
    expect(collapsed.filter(path => declaredCollapses(entry, path).length === 0)).toEqual([]);
    expect([...used].sort()).toEqual([...(entry.collapse ?? [])].sort());
  });

  test('keeps values under the key of their own field', () => {
    const { comparison, schema } = compare(kind);
    for (const { path, value } of comparison.enumValues) {
      expect([path, at(comparison, schema, path).enum]).toEqual([path, expect.arrayContaining([value])]);
    }
  });
});

test('every enum of the schemas has all of its values in TypeScript, or is a plain string there', () => {
  const lost: string[] = [];
  for (const kind of customKinds()) {
    const exported = Object.values(loadModule(kind.group)).filter(value => typeof value === 'object' && value !== null);
    const enums = new Set(exported.map(members => JSON.stringify(Object.values(members).filter(isValue).sort())));
    const { definitions, kinds } = groupSchemas(kind.group);
    const { comparison } = compare(kind);
    for (const { path } of comparison.enumValues) {
      const values = at(new Comparison(definitions), kinds[kind.kind].schema, path).enum!;
      if (!enums.has(JSON.stringify([...values].sort()))) lost.push(`${kind.kind} ${path}: ${values}`);
    }
  }
  expect(lost).toEqual([]);
});

function isValue(member: unknown): boolean {
  return typeof member === 'string';
}

test('every kind has the class that its name suggests', () => {
  const named = Object.fromEntries(customKinds().map(kind => [kind.kind, classOf(kind).name]));
  expect(named).toMatchObject({
    VirtualService: 'VirtualService',
    HTTPRoute: 'HttpRoute',
    GRPCRoute: 'GrpcRoute',
    MeshTLSAuthentication: 'MeshTlsAuthentication',
    IstioCNI: 'IstioCni',
    ZTunnel: 'ZTunnel',
    FunctionURLConfig: 'FunctionUrlConfig',
    PeerAuthentication: 'PeerAuthentication',
  });
  expect(Object.entries(named).filter(([kind, name]) => kind.toLowerCase() !== name.toLowerCase())).toEqual([]);
});

test.each([
  ['networking.istio.io', 'toJson_DestinationRuleSpecTrafficPolicyOutlierDetection', { consecutive5xxErrors: 3 }, { consecutive5xxErrors: 3 }],
  ['networking.istio.io', 'toJson_DestinationRuleSpecTrafficPolicyConnectionPoolHttp', { h2UpgradePolicy: 'U' }, { h2UpgradePolicy: 'U' }],
  ['networking.istio.io', 'toJson_DestinationRuleSpecTrafficPolicyTls', { caCrl: 'c' }, { caCrl: 'c' }],
  ['networking.istio.io', 'toJson_VirtualServiceSpecHttp', { mirrorPercent_: 1, mirrorPercent: 2 }, { mirror_percent: 1, mirrorPercent: 2 }],
  ['security.istio.io', 'toJson_RequestAuthenticationSpecJwtRules', { jwksUri: 'a', jwksUri_: 'b' }, { jwksUri: 'a', jwks_uri: 'b' }],
  ['monitoring.coreos.com', 'toJson_PrometheusRuleSpecGroupsRules', { keepFiringFor: '5m' }, { keep_firing_for: '5m' }],
  ['monitoring.coreos.com', 'toJson_ScrapeConfigSpec', { kubernetesSdConfigs: [{ role: 'Pod' }] }, { kubernetesSDConfigs: [{ role: 'Pod' }] }],
  ['eventing.knative.dev', 'toJson_BrokerSpecDeliveryDeadLetterSink', { caCerts: 'pem' }, { CACerts: 'pem' }],
])('%s %s renders the key of the API', (group, renderer, given, rendered) => {
  expect(loadModule(group)[renderer](given)).toEqual(rendered);
});
