import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { Severity } from '../../lib';
import { checkFiles } from '../../lib/analysis/check-files';
import { findingsJson, findingsText, inOrder } from '../../lib/analysis/findings';
import { explanationOf, explanations } from '../../lib/analysis/findings/catalogue';
import { formatProblem, Problem } from '../../lib/core/problem';
import { ServerlessService } from '../../lib/serverless';
import { problems } from '../support';

const LATEST = `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: orders
  namespace: shop
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/orders:latest
`;

function latest(text: string, name = 'orders.yaml'): Problem[] {
  return checkFiles([{ name, text }]).filter(({ code }) => code === 'SM0104');
}

describe('a finding on a file', () => {
  test('is a line that says place, object, code, field, value, reason and fix', () => {
    expect(findingsText(latest(LATEST, 'deploy/orders.yaml'))).toEqual([
      'deploy/orders.yaml:10:11: Service orders: SM0104 (warning) spec.template.spec.containers[0].image = "registry.example.com/orders:latest": '
      + 'the image is named by the tag latest, so what runs depends on when the revision was made. Fix: name a tag that is pushed once, or a digest. (also latest-tag)',
    ]);
  });

  test('is JSON with these keys and no others', () => {
    expect(findingsJson(latest(LATEST))).toEqual([{
      code: 'SM0104',
      peers: ['latest-tag'],
      severity: 'warning',
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      namespace: 'shop',
      name: 'orders',
      field: 'spec.template.spec.containers[0].image',
      message: '"registry.example.com/orders:latest": the image is named by the tag latest, so what runs depends on when the revision was made',
      fix: 'name a tag that is pushed once, or a digest',
      source: { file: 'orders.yaml', line: 10, column: 11 },
    }]);
  });

  test('is in namespace default where the object names none, and has no name where it has none', () => {
    const nameless = LATEST.replace('  name: orders\n  namespace: shop\n', '  labels: {}\n');
    expect(findingsJson(latest(nameless))).toMatchObject([{ namespace: 'default', name: null }]);
    expect(findingsText(latest(nameless))[0]).toMatch(/^orders\.yaml:9:11: Service: SM0104/);
  });

  test('about the text alone has no object', () => {
    const found = checkFiles([{ name: 'a.yaml', text: 'a: [' }]);
    expect(findingsJson(found)).toMatchObject([{
      code: 'SM0010', severity: 'error', peers: [], apiVersion: null, kind: null, namespace: null, name: null, field: null, source: { file: 'a.yaml', line: 1 },
    }]);
    expect(findingsText(found)[0]).toMatch(/^a\.yaml:1:\d+: SM0010 the text is no YAML: /);
  });

  test('of a kind without namespaces has none', () => {
    const text = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: Shop}\n';
    expect(findingsJson(checkFiles([{ name: 'a.yaml', text }]).filter(({ code }) => code === 'SM0503'))).toMatchObject([{ kind: 'Namespace', namespace: null, name: 'Shop' }]);
  });
});

describe('a finding on a construct', () => {
  test('names the construct that was written, and the object', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:latest' });
    const found = problems(chart, 'SM0104');
    expect(findingsJson(found)).toMatchObject([{ kind: 'Service', namespace: 'shop', name: 'orders', source: { construct: 'chart/orders' } }]);
    expect(findingsText(found)[0]).toMatch(/^\[chart\/orders\] SM0104/);
    expect(found[0].source).toBeUndefined();
  });

  test('of metadata that was patched away is still told', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    const object = new ApiObject(chart, 'raw', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', spec: { template: { spec: { containers: [{ image: 'app:latest' }] } } } });
    object.addJsonPatch(JsonPatch.remove('/metadata'));
    new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:1' });
    expect(findingsJson(problems(chart, 'SM0104'))).toMatchObject([{ kind: 'Service', namespace: 'default', name: null, source: { construct: 'chart/raw' } }]);
  });
});

describe('the order of findings', () => {
  const at = (code: string, file: string, line: number, column = 1): Problem =>
    ({ code, severity: Severity.ERROR, path: `${file}:${line}`, reason: 'r', fix: 'f', source: { file, line, column } });
  const on = (code: string, construct: string, field?: string): Problem => ({ code, severity: Severity.ERROR, path: construct, reason: 'r', fix: 'f', ...field && { field } });

  test('is that of files, lines, columns, paths, codes and fields, however they come', () => {
    const sorted = [
      at('SM0002', 'a.yaml', 2), at('SM0001', 'a.yaml', 10), at('SM0001', 'a.yaml', 10, 5), at('SM0001', 'b.yaml', 1),
      on('SM0001', 'c'), on('SM0002', 'c', 'a'), on('SM0002', 'c', 'b'), on('SM0001', 'c/d'),
    ];
    for (const shift of [1, 3, 5, 7]) {
      const shuffled = sorted.map((_, i) => sorted[(i * shift + shift) % sorted.length]);
      expect(inOrder(shuffled).map(formatProblem)).toEqual(sorted.map(formatProblem));
    }
  });

  test('does not depend on the order of the files', () => {
    const files = [{ name: 'a.yaml', text: LATEST }, { name: 'b.yaml', text: LATEST.replace(/orders/g, 'ledger') }, { name: 'c.yaml', text: 'a: [' }];
    expect(findingsText(checkFiles([...files].reverse()))).toEqual(findingsText(checkFiles(files)));
  });
});

describe('codes', () => {
  test('that are written anywhere in the sources have an explanation', () => {
    const folder = path.join(__dirname, '..', '..', 'lib');
    const sources = (fs.readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith('.ts')).map(file => fs.readFileSync(path.join(folder, file), 'utf8'));
    const written = new Set(sources.flatMap(source => Array.from(source.matchAll(/'(SM\d{4})'/g), match => match[1])));
    expect([...written].filter(code => explanationOf(code) === undefined).sort()).toEqual([]);
  });

  test('are explained once each, in order', () => {
    const codes = explanations().map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const { title, explanation } of explanations()) {
      expect(title.length).toBeGreaterThan(5);
      expect(explanation.length).toBeGreaterThan(20);
    }
  });

  test('say how severe their findings are', () => {
    expect(explanationOf('SM0104')).toMatchObject({ severity: Severity.WARNING, peers: ['latest-tag'] });
    expect(explanationOf('SM0010')).toMatchObject({ severity: Severity.ERROR });
    expect(explanationOf('SM9999')).toBeUndefined();
  });
});
