import { readFiles } from '../../lib/analysis/reading';
import { stepsOf } from '../../lib/analysis/reading/field-path';

const TEXT = `# a comment before
apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: orders
  annotations:
    example.com/with.dots: a
    "quoted key": b
spec:
  template:
    metadata: {annotations: {autoscaling.knative.dev/min-scale: "1"}}
    spec:
      containers:
        - image: a
          ports:
            - containerPort: 8080
        -
          image: b
data:
  app.properties: x
`;

function locate(text: string, field?: string): string {
  const [document] = readFiles([{ name: 'a.yaml', text }]).documents;
  const { line, column } = document.locate(field);
  return `${line}:${column}`;
}

test.each([
  ['spec.template.spec.containers[0].ports[0].containerPort', ['spec', 'template', 'spec', 'containers', '0', 'ports', '0', 'containerPort']],
  ['metadata.annotations[autoscaling.knative.dev/min-scale]', ['metadata', 'annotations', 'autoscaling.knative.dev/min-scale']],
  ["metadata.annotations['a.b/c'].d", ['metadata', 'annotations', 'a.b/c', 'd']],
  ['', []],
])('the path %s has steps', (field, steps) => {
  expect(stepsOf(field)).toEqual(steps);
});

describe('a field', () => {
  test.each([
    ['metadata.name', '5:3'],
    ['metadata.annotations[example.com/with.dots]', '7:5'],
    ['metadata.annotations[quoted key]', '8:5'],
    ['spec.template.metadata.annotations[autoscaling.knative.dev/min-scale]', '11:30'],
    ['spec.template.spec.containers[0].ports[0].containerPort', '16:15'],
    ['spec.template.spec.containers[1].image', '18:11'],
    ['data.app.properties', '20:3'],
  ])('%s is found at %s', (field, place) => {
    expect(locate(TEXT, field)).toBe(place);
  });

  test.each([
    ['metadata.namespace', '4:1'],
    ['metadata.annotations[missing.example.com/key]', '6:3'],
    ['spec.template.spec.containers[0].securityContext.runAsUser', '14:11'],
    ['spec.template.spec.containers[7].image', '13:7'],
    ['spec.template.spec.containers.image', '13:7'],
    ['status.conditions[0]', '2:1'],
    [undefined, '2:1'],
  ])('%s that is missing stands where the nearest thing above it does', (field, place) => {
    expect(locate(TEXT, field)).toBe(place);
  });

  test('that stands twice is the last one, which counts', () => {
    expect(locate('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  k: 1\n  k: 2\n', 'data.k')).toBe('6:3');
  });

  test('behind an alias is at the alias', () => {
    expect(locate('apiVersion: v1\nkind: ConfigMap\nmetadata: &m {name: a}\ndata: *m\n', 'data.name')).toBe('4:1');
  });

  test('is counted in lines of the file, with any line ends and a byte order mark', () => {
    const two = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n';
    for (const text of [two, `\uFEFF${two}`, two.replace(/\n/g, '\r\n')]) {
      const [first, second] = readFiles([{ name: 'a.yaml', text }]).documents;
      expect([first.line, second.line, second.locate('metadata.name')]).toEqual([1, 5, { line: 8, column: 3 }]);
    }
  });

  test('of JSON is found as well', () => {
    expect(locate('{\n\t"apiVersion": "v1",\n\t"kind": "Secret",\n\t"metadata": {"name": "a"}\n}\n', 'metadata.name')).toBe('4:15');
  });
});

test('items of a list know their places', () => {
  const text = 'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: a}\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: b\n';
  const [a, b] = readFiles([{ name: 'a.yaml', text }]).documents;
  expect([a.line, a.column, b.line, b.column]).toEqual([4, 5, 7, 5]);
  expect(b.locate('metadata.name')).toEqual({ line: 10, column: 7 });
});
