import { ApiObject, App, Chart } from 'cdk8s';
import { MeshApp, ServerlessService } from '../../lib';
import { Suppressions } from '../../lib/analysis';
import { checkFiles } from '../../lib/analysis/check-files';
import { ConfigSuppression, readConfig } from '../../lib/analysis/suppression';
import { Problem, Severity } from '../../lib/core/problem';
import { problemsOf } from '../../lib/core/validation';

const SUPPRESSION = /^SM001[6-9]$/;

function service(name: string, image: string, ignore?: string): string {
  const annotations = ignore === undefined ? '' : `  annotations:\n    serverless-mesh.io/ignore: ${ignore}\n`;
  return `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
${annotations}spec:
  template:
    spec:
      containers:
        - image: ${image}
`;
}

/** Findings that matter here: the tag latest, an unreadable image, and what is amiss with suppressions. */
function told(problems: readonly Problem[]): string[] {
  return problems.filter(({ code }) => code === 'SM0104' || code === 'SM0103' || SUPPRESSION.test(code)).map(({ code, object }) => object ? `${code} ${object.name}` : code);
}

function check(text: string, suppress?: readonly unknown[]): Problem[] {
  return checkFiles([{ name: 'shop/a.yaml', text }], suppress && { config: { config: { suppress: suppress as ConfigSuppression[] } } });
}

describe('on a construct', () => {
  const app = (add: (chart: Chart, service: ServerlessService) => void) => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    new ServerlessService(chart, 'other', { image: 'registry.example.com/other:latest' });
    add(chart, new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:latest' }));
    return problemsOf(chart.node.root);
  };

  test('a suppression holds for it', () => {
    expect(told(app((_, orders) => Suppressions.of(orders).add('SM0104', 'pinned by admission')))).toEqual(['SM0104 other']);
  });

  test('a suppression holds for all below it', () => {
    expect(told(app(chart => Suppressions.of(chart).add('SM0104', 'pinned by admission')))).toEqual([]);
    expect(told(app(chart => Suppressions.of(chart.node.root).add('SM0104', 'pinned by admission')))).toEqual([]);
  });

  test('a suppression on the object itself holds too', () => {
    expect(told(app((_, orders) => Suppressions.of(orders.apiObject).add('SM0104', 'pinned by admission')))).toEqual(['SM0104 other']);
  });

  test('several suppressions can be added one after the other', () => {
    const found = app((_, orders) => Suppressions.of(orders).add('SM0104', 'pinned by admission').add('SM0103', 'not there'));
    expect(told(found)).toEqual(['SM0104 other', 'SM0018']);
    expect(found.filter(({ code }) => code === 'SM0018')).toMatchObject([{ path: 'chart/orders', value: '"SM0103"', severity: Severity.WARNING }]);
  });

  test('what a construct says of itself can be suppressed as well', () => {
    const chart = new Chart(new App(), 'chart');
    new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:1' });
    const noNamespace = () => problemsOf(chart.node.root).filter(({ code }) => code === 'SM0004' || SUPPRESSION.test(code));
    expect(noNamespace()).toHaveLength(1);
    Suppressions.of(chart).add('SM0004', 'applied with a namespace of its own');
    expect(noNamespace()).toEqual([]);
  });

  test('a suppression of an error lets the app through, in a plain App and in a MeshApp', () => {
    for (const root of [new App(), new MeshApp()]) {
      const chart = new Chart(root, 'chart', { namespace: 'shop' });
      const orders = new ServerlessService(chart, 'orders', { image: 'no image' });
      expect(root.node.validate().join()).toContain('SM0103');
      Suppressions.of(orders).add('SM0103', 'replaced by admission');
      expect(root.node.validate()).toEqual([]);
    }
  });

  test('the analysis is attached, also where the app has raw objects only', () => {
    const root = new App();
    const raw = new ApiObject(new Chart(root, 'chart', { namespace: 'shop' }), 'raw', {
      apiVersion: 'serving.knative.dev/v1', kind: 'Service', spec: { template: { spec: { containers: [{ image: 'no image' }] } } },
    });
    Suppressions.of(raw);
    expect(root.node.validate().join()).toContain('SM0103');
  });
});

describe('by annotation', () => {
  test('an object answers for itself alone', () => {
    const text = `${service('a', 'app:latest', '"SM0104: pinned by admission"')}---\n${service('b', 'app:latest')}`;
    expect(told(check(text))).toEqual(['SM0104 b']);
  });

  test.each([
    ['"SM0104: pinned; SM0103: replaced later"', ['SM0018 a']],
    ['"SM0103: replaced later;SM0104:pinned;"', ['SM0018 a']],
    ['"SM0104: pinned; see the wiki; also the runbook"', []],
    ['|\n      SM0104: pinned\n      SM0103: replaced later\n', ['SM0018 a']],
  ])('several entries, and reasons with semicolons, can be told apart: %s', (ignore, rest) => {
    expect(told(check(service('a', 'app:latest', ignore)))).toEqual(rest);
  });

  test.each([
    ['SM0104', 'SM0016'], ['"SM0104:"', 'SM0016'], ['"SM0104:   "', 'SM0016'],
    ['"SM9999: a reason"', 'SM0017'], ['"latest-tag: a reason"', 'SM0019'], ['pinned by admission', 'SM0019'], ['7', 'SM0019'],
  ])('%s has no effect and is reported', (ignore, code) => {
    expect(told(check(service('a', 'app:latest', ignore)))).toEqual([`${code} a`, 'SM0104 a']);
  });

  test('what is amiss is told at the annotation', () => {
    const [found] = check(service('a', 'app:latest', 'SM0104')).filter(({ code }) => code === 'SM0016');
    expect(found).toMatchObject({ severity: 'warning', field: 'metadata.annotations[serverless-mesh.io/ignore]', source: { file: 'shop/a.yaml', line: 7, column: 5 } });
  });

  test('holds for raw objects of an app', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    new ServerlessService(chart, 'other', { image: 'registry.example.com/other:1' });
    new ApiObject(chart, 'raw', {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'raw', annotations: { 'serverless-mesh.io/ignore': 'SM0104: pinned' } },
      spec: { template: { spec: { containers: [{ image: 'app:latest' }] } } },
    });
    expect(told(problemsOf(chart.node.root))).toEqual([]);
  });

  test('a code of another tool is translated', () => {
    const [found] = check(service('a', 'app:latest', '"IST0001: a reason"')).filter(({ code }) => code === 'SM0017');
    expect(found.fix).toBe('write a code as it stands in front of the finding');
    const text = service('a', 'app:latest', '"KIA0002: a reason"');
    expect(check(text).find(({ code }) => code === 'SM0017')!.fix).toContain('SM0221');
  });
});

describe('by a config', () => {
  const both = `${service('a', 'app:latest')}---\n${service('b', 'app:latest')}`;
  const entry = { code: 'SM0104', reason: 'pinned by admission' };

  test.each([
    [{}, []],
    [{ name: 'a' }, ['SM0104 b']],
    [{ kind: 'Service', namespace: 'shop' }, []],
    [{ path: 'shop' }, []],
    [{ path: 'shop/a.yaml' }, []],
    [{ path: './shop/' }, []],
    [{ path: 'shop/*.yaml', name: 'b' }, ['SM0104 a']],
    [{ path: '**/a.yaml' }, []],
    [{ path: 'sh' }, ['SM0018', 'SM0104 a', 'SM0104 b']],
    [{ path: '*' }, []],
    [{ path: '*.yaml' }, ['SM0018', 'SM0104 a', 'SM0104 b']],
    [{ kind: 'Revision' }, ['SM0018', 'SM0104 a', 'SM0104 b']],
    [{ namespace: 'other' }, ['SM0018', 'SM0104 a', 'SM0104 b']],
  ])('an entry is narrowed down by %j', (narrowed, left) => {
    expect(told(check(both, [{ ...entry, ...narrowed }]))).toEqual(left);
  });

  test.each([
    [{ code: 'SM0104' }, 'SM0016'], [{ code: 'SM0104', reason: null }, 'SM0016'], [{ code: 'SM0104', reason: ' ' }, 'SM0016'],
    [{ ...entry, code: 'SM9999' }, 'SM0017'],
    ['SM0104', 'SM0019'], [null, 'SM0019'], [{ reason: 'r' }, 'SM0019'], [{ ...entry, nmae: 'a' }, 'SM0019'], [{ ...entry, name: 7 }, 'SM0019'], [{ ...entry, code: 104 }, 'SM0019'],
  ])('%j has no effect and is reported', (broken, code) => {
    expect(told(check(both, [broken]))).toEqual([code, 'SM0104 a', 'SM0104 b']);
  });

  test('is read from a file, and what is amiss is told at its line', () => {
    const config = readConfig({ name: '.serverless-mesh.yaml', text: 'suppress:\n  - code: SM0104\n    reason: pinned by admission\n    name: a\n  - code: SM0103\n    reason: not there\nother: x\n' });
    const found = checkFiles([{ name: 'a.yaml', text: both }], { config });
    expect(told(found)).toEqual(['SM0018', 'SM0019', 'SM0104 b']);
    expect(found.filter(({ code }) => SUPPRESSION.test(code))).toMatchObject([
      { code: 'SM0018', value: '"SM0103"', source: { file: '.serverless-mesh.yaml', line: 5 } },
      { code: 'SM0019', field: 'other', source: { file: '.serverless-mesh.yaml', line: 7 } },
    ]);
  });

  test.each(['', '# nothing\n', 'suppress:\n', 'suppress: []\n'])('may be empty: %j', text => {
    expect(told(checkFiles([{ name: 'a.yaml', text: both }], { config: readConfig({ name: 'c.yaml', text }) }))).toEqual(['SM0104 a', 'SM0104 b']);
  });

  test.each(['a: [', '- a', 'text', 'suppress: {}', 'suppress: SM0104', 'suppress: []\nsuppress: []'])('that cannot be read is a warning, not a crash: %j', text => {
    const found = checkFiles([{ name: 'a.yaml', text: both }], { config: readConfig({ name: 'c.yaml', text }) });
    expect(found.filter(({ code }) => SUPPRESSION.test(code))).toMatchObject([{ code: 'SM0019', severity: 'warning', source: { file: 'c.yaml' } }]);
  });
});

describe('where only errors are asked for', () => {
  test('suppressions of what was not looked for are not unused', () => {
    const text = service('a', 'no image', '"SM0104: pinned; SM0103: replaced later"');
    expect(told(checkFiles([{ name: 'a.yaml', text }], { least: Severity.ERROR }))).toEqual([]);
    expect(told(checkFiles([{ name: 'a.yaml', text }]))).toEqual(['SM0018 a']);
  });
});
