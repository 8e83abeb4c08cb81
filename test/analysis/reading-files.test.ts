import { readFiles, UNREADABLE } from '../../lib/analysis/reading';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n';

function reading(text: string, name = 'a.yaml') {
  const { documents, problems } = readFiles([{ name, text }]);
  return {
    objects: documents.map(({ manifest }) => `${manifest.kind}/${manifest.metadata?.name}`),
    problems: problems.map(({ code, source }) => `${code} ${source!.line}:${source!.column}`),
    reports: problems,
  };
}

describe('documents', () => {
  test('that say nothing are skipped', () => {
    expect(reading(`---\n# only a comment\n---\n\n${SECRET}---\n...\n---\nnull\n---\n--- # end\n`)).toMatchObject({ objects: ['Secret/a'], problems: [] });
    expect(reading('')).toMatchObject({ objects: [], problems: [] });
  });

  test('are cut where a line begins with ---, and nowhere else', () => {
    expect(reading(`${SECRET}stringData:\n  pem: |\n    ---\n    -----BEGIN\n--- {apiVersion: v1, kind: Pod, metadata: {name: b}}\n`).objects).toEqual(['Secret/a', 'Pod/b']);
  });

  test('may be JSON, several in YAML separators', () => {
    expect(reading(`{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "j"}}\n---\n${SECRET}`).objects).toEqual(['Pod/j', 'Secret/a']);
  });

  test('of kind List and of lists by kind stand for their items', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ServiceList, items: [{metadata: {name: s}}]}\n- {apiVersion: v1, kind: Pod, metadata: {name: p}}\n- 7\n- {kind: Pod}\n';
    expect(reading(list)).toMatchObject({ objects: ['Service/s', 'Pod/p'], problems: ['SM0012 6:3', 'SM0013 7:3'] });
    expect(readFiles([{ name: 'a.yaml', text: list }]).documents[0].manifest).toEqual({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } });
  });

  test('keep their manifests as they were written', () => {
    const [{ manifest }] = readFiles([{ name: 'a', text: 'kind: X\napiVersion: a/b/c\nspec: {a: [1, {b: null}]}\n' }]).documents;
    expect(manifest).toEqual({ kind: 'X', apiVersion: 'a/b/c', spec: { a: [1, { b: null }] } });
  });
});

describe('what is wrong with the text', () => {
  test('of one document does not hide the others', () => {
    expect(reading(`${SECRET}---\na: "open\n---\nb: [\n---\n\tc: d\n---\n${SECRET.replace('a}', 'z}')}`)).toMatchObject({
      objects: ['Secret/a', 'Secret/z'],
      problems: ['SM0010 5:9', 'SM0010 7:5', 'SM0010 9:1'],
    });
  });

  test('is a finding with place, reason and fix', () => {
    const [report] = reading('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n bad: indent\n').reports;
    expect(report).toMatchObject({ code: 'SM0010', path: 'a.yaml:5', source: { file: 'a.yaml', line: 5, column: 1 }, reason: expect.stringMatching(/^the text is no YAML: [a-z]/) });
    expect(report.fix).not.toBe('');
  });

  test('a key that stands twice, wherever, is a finding each, and the last value counts as for kubectl', () => {
    const { documents, problems } = readFiles([{ name: 'a.yaml', text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\ndata:\n  "x": 1\n  x: 2\n' }]);
    expect(problems).toMatchObject([
      { code: 'SM0011', field: 'name', source: { line: 5, column: 3 } },
      { code: 'SM0011', field: 'x', source: { line: 8, column: 3 } },
    ]);
    expect(documents[0].manifest).toMatchObject({ metadata: { name: 'b' }, data: { x: 2 } });
  });

  test('never throws, whatever the text', () => {
    const pieces = ['---', '\n', '{', '}', '[', ']', ':', ' ', '- ', '"', "'", '&a ', '*a', '|', '>', '!!int', '%YAML 9', '\t', '\0', '\u{1F600}', '? ', '<<: ', 'apiVersion: v1', 'kind: List', 'items:', '#', '\r\n', '{{ .Values.a }}', '@', '...'];
    let seed = 7;
    const next = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31);
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 1 + next() % 14 }, () => pieces[next() % pieces.length]).join('');
      expect(() => readFiles([{ name: 'a.yaml', text }]).documents.forEach(document => document.locate('spec.a[0].b'))).not.toThrow();
    }
  });
});

describe('among objects', () => {
  test.each([
    ['- 1\n- 2', 'SM0012'], ['text', 'SM0012'], ['7', 'SM0012'], ['a: b', 'SM0012'],
    ['apiVersion: v1', 'SM0013'], ['kind: Pod', 'SM0013'], ['metadata: {name: x}', 'SM0013'], ['apiVersion: 1\nkind: Pod', 'SM0013'], ['apiVersion: v1\nkind: ""', 'SM0013'],
  ])('%j is unreadable', (text, code) => {
    const { objects, reports } = reading(`${SECRET}---\n${text}\n`);
    expect(objects).toEqual(['Secret/a']);
    expect(reports).toMatchObject([{ code, source: { line: 5 } }]);
    expect(UNREADABLE).toContain(code);
    expect(reports[0].severity).toBeUndefined();
  });

  test.each(['metadata: x', 'metadata: [1]', 'metadata:'])('%j is refused, and the object is still looked at', metadata => {
    const { objects, reports } = reading(`apiVersion: v1\nkind: Pod\n${metadata}\n`);
    expect(objects).toHaveLength(1);
    expect(reports).toMatchObject([{ code: 'SM0014', field: 'metadata', source: { line: 3 } }]);
  });

  test('an object without metadata is looked at', () => {
    expect(reading('apiVersion: v1\nkind: Pod\n')).toMatchObject({ objects: ['Pod/undefined'], problems: [] });
  });
});

describe('files that are not for the API server', () => {
  test.each([
    ['kustomization.yaml', 'resources: [a.yaml]'],
    ['base/kustomization.yml', 'resources: [a.yaml]'],
    ['Chart.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0'],
    ['values.yaml', 'image: {tag: latest}'],
    ['values-prod.yaml', 'a: b'],
    ['.serverless-mesh.yaml', 'suppress: []'],
    ['a.yaml', 'apiVersion: v2\nname: shop\nversion: 1.0.0'],
    ['a.yaml', 'on: push\njobs: {}'],
    ['a.yaml', '- hosts: all'],
    ['a.yaml', 'env: {A: 1}\nenv: {B: 2}'],
    ['a.yaml', '{{ if .Values.a }}\napiVersion: v1\nkind: Pod\n{{ end }}'],
    ['a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}-a\n  labels:\n    {{- include "labels" . | nindent 4 }}\n'],
    ['a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n'],
    ['a.yaml', '#@ load("@ytt:overlay", "overlay")\n#@overlay/match by=overlay.all\n---\nmetadata:\n  #@overlay/remove\n  name: a\n'],
    ['a.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization'],
    ['a.yaml', 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster'],
    ['a.yaml', 'apiVersion: v1\nkind: Config\nclusters: []'],
  ])('%s with %j is skipped with a word of advice', (name, text) => {
    const { objects, reports } = reading(text, name);
    expect(objects).toEqual([]);
    expect(reports).toMatchObject([{ code: 'SM0015', severity: 'info', reason: expect.stringMatching(/^skipped: /) }]);
  });

  test('but the templates of an alert are not those of a chart', () => {
    const rule = 'apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: r}\nspec:\n  text: |\n    {{ $labels.pod }}\n  quoted: "{{ .Value }}"\n';
    expect(reading(rule)).toMatchObject({ objects: ['PrometheusRule/r'], problems: [] });
    expect(reading(`${rule}  ok: 1\n  bad: "open\n`).problems).toEqual(['SM0010 9:13']);
    expect(reading(`${rule}  unquoted: {{ $labels.pod }}\n`).problems).toEqual(['SM0010 8:14']);
  });
});

describe('a rule file of Prometheus', () => {
  const RULES = 'groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n';

  test('is read as the object that would hold it, named after the file', () => {
    const [document] = readFiles([{ name: 'rules/My Alerts.rules.yml', text: RULES }]).documents;
    expect(document.manifest).toEqual({
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'my-alerts.rules' },
      spec: { groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'up == 0' }] }] },
    });
  });

  test('knows where its fields stand', () => {
    const [document] = readFiles([{ name: 'a.yaml', text: RULES }]).documents;
    expect(document.locate('spec.groups[0].rules[0].expr')).toEqual({ line: 5, column: 5 });
    expect(document.locate('metadata.labels')).toEqual({ line: 1, column: 1 });
  });

  test.each(['groups: []', 'groups: [{members: []}]', 'groups: [a]', 'groups: {}'])('is not just anything with groups: %s', text => {
    expect(reading(text).problems).toEqual(['SM0015 1:1']);
  });
});
