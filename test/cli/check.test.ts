import * as fs from 'fs';
import * as path from 'path';
import { accepted, cli, doubtful, folderWith, refused } from './support';

describe('check', () => {
  test('says nothing was found, and is fine, where nothing is wrong', async () => {
    const cwd = folderWith({ 'a.yaml': accepted() });
    expect(await cli(['check', 'a.yaml'], { cwd })).toEqual({ code: 0, out: expect.stringMatching(/^nothing found, 1 file checked/), err: '' });
  });

  test('fails on an error, and names place, code, object, field and a way out', async () => {
    const cwd = folderWith({ 'k8s/a.yaml': `# shop\n---\n${refused()}` });
    const { code, out } = await cli(['check', 'k8s/a.yaml'], { cwd });
    expect(code).toBe(1);
    expect(out).toMatch(/^k8s\/a\.yaml:10:11 error SM0103 Service\/checkout spec\.template\.spec\.containers\[0\]\.image: .*\n {4}fix: \S/);
    expect(out).toMatch(/\n\n1 error, 1 file checked/);
  });

  test('keeps the findings of a file together, and files apart', async () => {
    const cwd = folderWith({ 'a.yaml': `${refused('one')}---\n${refused('two')}`, 'b.yaml': refused('three') });
    const { out } = await cli(['check', 'b.yaml', 'a.yaml'], { cwd });
    const groups = out.split('\n\n').map(group => group.split('\n').filter(line => /^\S+:\d+:\d+ /.test(line)).map(line => line.split(':')[0]));
    expect(groups.slice(0, 2)).toEqual([['a.yaml', 'a.yaml'], ['b.yaml']]);
    expect(out).toContain('3 errors, 2 files checked');
  });

  test('shows warnings without failing, unless it is asked to fail on them', async () => {
    const cwd = folderWith({ 'a.yaml': doubtful() });
    expect(await cli(['check', 'a.yaml'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('a.yaml:8:11 warning SM0104') });
    expect(await cli(['check', 'a.yaml', '--fail-on', 'warning'], { cwd })).toMatchObject({ code: 1 });
    expect(await cli(['check', 'a.yaml', '--severity', 'error'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('nothing found') });
  });

  test('does not fail for what it finds when asked not to', async () => {
    const cwd = folderWith({ 'a.yaml': refused() });
    expect(await cli(['check', 'a.yaml', '--fail-on', 'none'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('error SM0103') });
  });

  test('shows advice only when asked for it', async () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: { name: checkout, namespace: shop }\nspec: { type: NodePort, ports: [{ name: http, port: 80 }] }\n';
    const cwd = folderWith({ 'a.yaml': text });
    expect((await cli(['check', 'a.yaml'], { cwd })).out).not.toContain('SM0753');
    expect((await cli(['check', 'a.yaml', '--severity', 'info'], { cwd })).out).toContain('a.yaml:4:9 info SM0753 Service/checkout spec.type: "NodePort"');
  });

  test('looks at everything that is given as one app', async () => {
    const trigger = 'apiVersion: eventing.knative.dev/v1\nkind: Trigger\nmetadata: { name: mail, namespace: shop }\nspec:\n  broker: orders\n  subscriber: { uri: https://mail.example.com }\n';
    const broker = 'apiVersion: eventing.knative.dev/v1\nkind: Broker\nmetadata: { name: orders, namespace: shop, annotations: { eventing.knative.dev/broker.class: MTChannelBasedBroker } }\n';
    const cwd = folderWith({ 'trigger.yaml': trigger, 'broker.yaml': broker });
    expect((await cli(['check', 'trigger.yaml'], { cwd })).out).toContain('SM0313');
    expect((await cli(['check', 'trigger.yaml', 'broker.yaml'], { cwd })).out).not.toContain('SM0313');
  });

  test('reads what comes through a pipe', async () => {
    expect(await cli(['check', '-'], { stdin: refused() })).toMatchObject({ code: 1, out: expect.stringContaining('<stdin>:8:11 ') });
    expect(await cli(['check', '-'], { stdin: '' })).toMatchObject({ code: 0 });
  });
});

describe('check of a folder', () => {
  test('reads YAML and JSON at any depth, in the order of names, and leaves out node_modules and what begins with a dot', async () => {
    const json = JSON.stringify({
      apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'a', namespace: 'shop' }, spec: { template: { spec: { containers: [{ image: '<image>' }] } } },
    });
    const cwd = folderWith({
      'app/z.yaml': refused('z'),
      'app/b/b.yml': refused('b'),
      'app/a.json': json,
      'app/node_modules/x/x.yaml': refused('x'),
      'app/.git/x.yaml': refused('y'),
      'app/.hidden.yaml': refused('w'),
      'app/README.md': refused('m'),
      'app/tsconfig.json': '{ // no JSON\n }',
    });
    const { out } = await cli(['check', 'app', '--output', 'json', '--severity', 'error'], { cwd });
    expect([...new Set(JSON.parse(out).map((finding: { source: { file: string } }) => finding.source.file))]).toEqual(['app/a.json', 'app/b/b.yml', 'app/z.yaml']);
  });

  test('reads a file once, however often it is named', async () => {
    const cwd = folderWith({ 'app/a.yaml': refused() });
    expect((await cli(['check', 'app', './app/a.yaml', 'app/'], { cwd })).out).toContain('1 error, 1 file checked');
  });

  test('does not follow links in circles', async () => {
    const cwd = folderWith({ 'app/a.yaml': refused() });
    fs.symlinkSync(path.join(cwd, 'app'), path.join(cwd, 'app', 'again'));
    expect((await cli(['check', 'app'], { cwd })).out).toContain('1 error, 1 file checked');
  });
});

describe('what cannot be read', () => {
  test('is a finding beside the others, and another exit code', async () => {
    const cwd = folderWith({ 'a.yaml': `${refused()}---\nspec: [\n---\n${refused('other')}` });
    const { code, out } = await cli(['check', 'a.yaml'], { cwd });
    expect(code).toBe(2);
    expect(out).toMatch(/a\.yaml:\d+:\d+ error SM0010 /);
    expect(out).toContain('Service/checkout');
    expect(out).toContain('Service/other');
  });

  test.each([
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])('may be %s', async (_what, content) => {
    const cwd = folderWith({ 'app/a.yaml': content, 'app/b.yaml': refused() });
    const { code, out } = await cli(['check', 'app'], { cwd });
    expect(code).toBe(2);
    expect(out).toContain('app/a.yaml:1:1 error SM0010 the file cannot be read: it is no text in UTF-8');
    expect(out).toContain('app/b.yaml:8:11');
  });

  test('may be a link to nothing', async () => {
    const cwd = folderWith({ 'app/b.yaml': accepted() });
    fs.symlinkSync(path.join(cwd, 'gone.yaml'), path.join(cwd, 'app', 'a.yaml'));
    expect(await cli(['check', 'app'], { cwd })).toMatchObject({ code: 2, out: expect.stringContaining('app/a.yaml:1:1 error SM0010') });
  });

  test('is one sentence where a file does not exist', async () => {
    const cwd = folderWith({ 'a.yaml': refused() });
    expect(await cli(['check', 'a.yaml', 'b.yaml'], { cwd })).toEqual({ code: 2, out: '', err: 'serverless-mesh: "b.yaml" does not exist.\n' });
  });

  test('is a command that nobody knows', async () => {
    expect(await cli(['chekc', 'a.yaml'])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('check') });
    expect(await cli(['check'])).toMatchObject({ code: 2, out: '' });
    expect(await cli(['check', 'a.yaml', '--output', 'xml'])).toMatchObject({ code: 2, err: expect.stringContaining('text, json') });
  });
});

describe('JSON', () => {
  test('has every key for every finding', async () => {
    const cwd = folderWith({ 'a.yaml': refused() });
    const { code, out } = await cli(['check', 'a.yaml', '--output', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual([{
      code: 'SM0103',
      peers: ['knative-validation'],
      severity: 'error',
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      namespace: 'shop',
      name: 'checkout',
      field: 'spec.template.spec.containers[0].image',
      message: expect.any(String),
      fix: expect.any(String),
      source: { file: 'a.yaml', line: 8, column: 11 },
    }]);
  });

  test('is an empty list where nothing was found', async () => {
    const cwd = folderWith({ 'a.yaml': accepted() });
    expect(await cli(['check', 'a.yaml', '-o', 'json'], { cwd })).toEqual({ code: 0, out: '[]\n', err: '' });
  });

  test('is the same on every run', async () => {
    const cwd = folderWith({ 'a/x.yaml': refused('x'), 'a/y.yaml': doubtful('y'), 'a/z.yaml': refused('z') });
    const runs = await Promise.all([['a'], ['a/z.yaml', 'a/y.yaml', 'a/x.yaml']].map(names => cli(['check', ...names, '-o', 'json'], { cwd })));
    expect(runs[0].out).toBe(runs[1].out);
  });
});

describe('suppressions', () => {
  const SUPPRESS = 'suppress:\n  - code: SM0103\n    reason: the gateway of the shop takes any name\n';

  test('are read from .serverless-mesh.yaml of the working directory', async () => {
    const cwd = folderWith({ 'a.yaml': refused(), '.serverless-mesh.yaml': SUPPRESS });
    expect(await cli(['check', 'a.yaml'], { cwd })).toMatchObject({ code: 0 });
  });

  test('are read from the file that is named', async () => {
    const cwd = folderWith({ 'a.yaml': refused(), 'ours.yaml': SUPPRESS });
    expect(await cli(['check', 'a.yaml'], { cwd })).toMatchObject({ code: 1 });
    expect(await cli(['check', 'a.yaml', '--config', 'ours.yaml'], { cwd })).toMatchObject({ code: 0 });
    expect(await cli(['check', 'a.yaml', '--config', 'none.yaml'], { cwd })).toEqual({ code: 2, out: '', err: expect.stringContaining('"none.yaml" does not exist') });
  });

  test('that hold for nothing are reported', async () => {
    const cwd = folderWith({ 'a.yaml': accepted(), '.serverless-mesh.yaml': SUPPRESS });
    expect((await cli(['check', 'a.yaml'], { cwd })).out).toContain('.serverless-mesh.yaml:2:5 warning SM0018');
  });
});

test('ten thousand documents are checked in one go', async () => {
  const document = (i: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${i}, namespace: shop }\ndata: { number: "${i}" }\n`;
  const cwd = folderWith({ 'all.yaml': Array.from({ length: 10_000 }, (_, i) => document(i)).join('---\n') });
  expect(await cli(['check', 'all.yaml'], { cwd })).toMatchObject({ code: 0, out: expect.stringContaining('nothing found') });
}, 120_000);
