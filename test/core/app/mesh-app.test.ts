import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing, Yaml, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { inFolder, writtenFiles } from './written-files';
import { ClusterProfile, IngressClass, MeshApp, MeshAppProps, Severity } from '../../../lib/core';
import { Intents } from '../../../lib/core/intents';
import { reportProblems } from '../../../lib/core/problem';
import '../../../lib/analysis';

const PROBLEM = { code: 'SM9999', reason: 'it cannot work', fix: 'do something else' };

function object(chart: Chart, id: string, body: object = {}): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', ...body });
}

/** An app in a folder of its own that does not exist yet. */
function inApp<T>(work: (app: MeshApp) => T, props: MeshAppProps = {}): T {
  return inFolder(folder => work(new MeshApp({ outdir: path.join(folder, 'out'), ...props })));
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (e) {
    return (e as Error).message;
  }
  throw new Error('nothing was thrown');
}

function onErrorOutput(work: () => void): string {
  const written: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation(text => written.push(String(text)) > 0);
  try {
    work();
  } finally {
    spy.mockRestore();
  }
  return written.join('');
}

describe('an app', () => {
  test('has the profile that it is given, and its charts may have another', () => {
    const app = new MeshApp({ profile: ClusterProfile.withoutMesh() });
    const chart = new Chart(app, 'a');
    expect(ClusterProfile.of(chart).ingressClass).toBe(IngressClass.KOURIER);
    ClusterProfile.ambient().applyTo(chart);
    expect(ClusterProfile.of(chart).ingressClass).toBe(IngressClass.ISTIO);
  });

  test('knows its charts in order before it is written', () => {
    const app = new MeshApp();
    const [first, second] = ['a', 'b'].map(id => new Chart(app, id));
    object(first, 'x').addDependency(object(second, 'y'));
    expect(app.charts).toEqual([second, first]);
    expect(first.node.dependencies).toEqual([]);
  });

  test('lists what is wrong by path, of any severity, without writing', () => inApp(app => {
    const [b, a] = ['b', 'a'].map(id => new Chart(app, id));
    reportProblems(b, () => [PROBLEM]);
    reportProblems(a, () => [{ ...PROBLEM, severity: Severity.INFO }, { ...PROBLEM, severity: Severity.WARNING }]);
    expect(app.problems().map(problem => [problem.path, problem.severity ?? Severity.ERROR])).toEqual([
      ['a', Severity.INFO], ['a', Severity.WARNING], ['b', Severity.ERROR],
    ]);
    expect(fs.existsSync(app.outdir)).toBe(false);
  }));
});

describe('synth', () => {
  test('renders every object once', () => inApp(app => {
    const chart = new Chart(app, 'a');
    let rendered = 0;
    object(chart, 'x', { data: Lazy.any({ produce: () => ({ count: String(++rendered) }) }) });
    app.synth();
    expect(rendered).toBe(1);
    expect(Yaml.load(path.join(app.outdir, 'a.k8s.yaml'))[0].data).toEqual({ count: '1' });
  }));

  test('says everything that is wrong in one error, by path, before the folder is made', () => inApp(app => {
    const chart = new Chart(app, 'z');
    reportProblems(chart, () => [{ ...PROBLEM, field: 'weight', value: 101 }]);
    app.node.addValidation({ validate: () => ['the app says no'] });
    const other = new Chart(app, 'b');
    other.node.addValidation({ validate: () => ['two\n  lines', 'another'] });
    object(other, 'broken', { spec: new Date(0) });
    const deployment = new kplus.Deployment(new Chart(app, 'k'), 'd', { replicas: 2, containers: [{ image: 'nginx:1.27' }] });
    new kplus.HorizontalPodAutoscaler(new Chart(app, 'h'), 'hpa', { target: deployment, maxReplicas: 3 });
    const [x, y] = ['x', 'y'].map(id => object(chart, id));
    x.addDependency(y);
    y.addDependency(x);

    const [head, ...lines] = messageOf(() => app.synth()).split('\n');
    expect(head).toBe('Validation failed with 7 errors:');
    expect(lines).toEqual([
      '  [] the app says no',
      '  [b] two lines',
      '  [b] another',
      expect.stringMatching(/^ {2}\[b\/broken\] SM0001 .*can't render non-simple object of type 'Date'/),
      '  [h/hpa] HorizontalPodAutoscaler target cannot have a fixed number of replicas (2).',
      '  [z] SM9999 weight = 101: it cannot work. Fix: do something else.',
      expect.stringMatching(/^ {2}\[z\/x\] SM0003 .* z\/x -> z\/y -> z\/x/),
    ]);
    expect(fs.existsSync(app.outdir)).toBe(false);
    expect(messageOf(() => app.synthYaml())).toBe([head, ...lines].join('\n'));
  }));

  test('takes a validation that throws for a message of its construct', () => inApp(app => {
    new Chart(app, 'a').node.addValidation({ validate: () => { throw new Error('out of order'); } });
    expect(messageOf(() => app.synth())).toBe('Validation failed with 1 error:\n  [a] out of order');
  }));

  test('prints warnings, one line each, and keeps advice to itself', () => inApp(app => {
    reportProblems(new Chart(app, 'a'), () => [{ ...PROBLEM, severity: Severity.WARNING }, { ...PROBLEM, severity: Severity.INFO }]);
    expect(onErrorOutput(() => app.synth())).toBe(
      '[a] SM9999 (warning) it cannot work. Fix: do something else.\n',
    );
    expect(fs.readdirSync(app.outdir)).toEqual(['a.k8s.yaml']);
  }));

  test('keeps it to itself when told to', () => inApp(app => {
    reportProblems(new Chart(app, 'a'), () => [{ ...PROBLEM, severity: Severity.WARNING }]);
    expect(onErrorOutput(() => app.synth())).toBe('');
    expect(app.problems()).toHaveLength(1);
  }, { quiet: true }));

  test('makes the folder of an app without charts', () => inApp(app => {
    app.synth();
    expect(fs.readdirSync(app.outdir)).toEqual([]);
  }));

  test('records construct metadata where the environment says so', () => {
    process.env.CDK8S_RECORD_CONSTRUCT_METADATA = 'true';
    try {
      inApp(app => {
        object(new Chart(app, 'a'), 'x', { metadata: { name: 'named' } });
        app.synth();
        expect(JSON.parse(fs.readFileSync(path.join(app.outdir, 'construct-metadata.json'), 'utf8')))
          .toEqual({ version: '1.0.0', resources: { named: { path: 'a/x' } } });
      });
    } finally {
      delete process.env.CDK8S_RECORD_CONSTRUCT_METADATA;
    }
  });

  test('replaces files and leaves others alone', () => inApp(app => {
    object(new Chart(app, 'a'), 'x');
    fs.mkdirSync(app.outdir);
    fs.writeFileSync(path.join(app.outdir, 'a.k8s.yaml'), 'old');
    fs.writeFileSync(path.join(app.outdir, 'mine.txt'), 'mine');
    app.synth();
    expect(writtenFiles(app.outdir)).toEqual({ 'a.k8s.yaml': expect.stringMatching(/^apiVersion: v1\nkind: ConfigMap\n/), 'mine.txt': 'mine' });
  }));

  test('leaves every file as it was where one of them cannot be written', () => inApp(app => {
    for (const id of ['a', 'b', 'c']) object(new Chart(app, id), 'x');
    fs.mkdirSync(path.join(app.outdir, 'b.k8s.yaml.partial'), { recursive: true });
    fs.writeFileSync(path.join(app.outdir, 'a.k8s.yaml'), 'old');
    expect(messageOf(() => app.synth())).toMatch(/EISDIR/);
    expect(writtenFiles(app.outdir)).toMatchObject({ 'a.k8s.yaml': 'old' });
    expect(fs.existsSync(path.join(app.outdir, 'a.k8s.yaml.partial'))).toBe(false);
    expect(fs.existsSync(path.join(app.outdir, 'c.k8s.yaml'))).toBe(false);
  }));
});

describe('charts of an app', () => {
  function build(app: App): Chart[] {
    const [first, second] = ['a', 'b'].map(id => new Chart(app, id, { namespace: 'shop' }));
    const [x, y] = ['x', 'y'].map(id => object(first, id));
    x.addDependency(y);
    y.addDependency(object(second, 'z'));
    return [first, second];
  }

  test('render one by one as under a plain app, also before and after synth', () => inApp(app => {
    const [theirs] = build(new App());
    const [ours] = build(app);
    expect(ours.toJson()).toEqual(theirs.toJson());
    expect(Testing.synth(ours).map(manifest => manifest.metadata.name)).toEqual([expect.stringMatching(/^a-y-/), expect.stringMatching(/^a-x-/)]);
    app.synth();
    expect(fs.readdirSync(app.outdir)).toEqual(['0000-b.k8s.yaml', '0001-a.k8s.yaml']);
    expect(Testing.synth(ours)).toEqual(Testing.synth(theirs));
  }));

  test('have the last word on what they consist of', () => {
    class Labelled extends Chart {
      public toJson(): object[] {
        return [...super.toJson().map(manifest => ({ ...manifest, seen: true })), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'extra' } }];
      }
    }
    const types = [YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FILE_PER_APP];
    const written = [App, MeshApp].map(kind => types.map(yamlOutputType =>
      inFolder(outdir => {
        const app = new kind({ outdir, yamlOutputType });
        object(new Labelled(app, 'a'), 'x');
        app.synth();
        return writtenFiles(outdir);
      }),
    ));
    expect(written[1]).toEqual(written[0]);
    expect(written[1][0]['a.k8s.yaml']).toMatch(/seen: true\n---\n.*kind: Secret/s);
  });

  test('give file names that follow patches, as under a plain app', () => {
    const types = [YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];
    const written = [App, MeshApp].map(kind => types.map(yamlOutputType =>
      inFolder(outdir => {
        const app = new kind({ outdir, yamlOutputType });
        // of names with a colon there are those of roles
        new ApiObject(new Chart(app, 'a'), 'x', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [] })
          .addJsonPatch(JsonPatch.replace('/metadata/name', 'we:ird'));
        app.synth();
        return writtenFiles(outdir);
      }),
    ));
    expect(written[1]).toEqual(written[0]);
    expect(Object.keys(written[1][0])).toEqual(['ClusterRole.weird.k8s.yaml']);
  });
});

describe('a plain app', () => {
  test('does not write what this library finds wrong', () => inFolder(outdir => {
    const app = new App({ outdir });
    const chart = new Chart(app, 'a');
    Intents.of(chart);
    reportProblems(chart, () => [PROBLEM]);
    expect(messageOf(() => app.synth())).toContain('[a] SM9999 it cannot work. Fix: do something else.');
    expect(fs.readdirSync(outdir)).toEqual([]);
  }));

  test('says where a cycle is', () => inFolder(outdir => {
    const app = new App({ outdir });
    const chart = new Chart(app, 'a');
    Intents.of(chart);
    const [x, y] = ['x', 'y'].map(id => object(chart, id));
    x.addDependency(y);
    y.addDependency(x);
    expect(messageOf(() => app.synth())).toMatch(/\[a\/x\] SM0003 .*: a\/x -> a\/y -> a\/x/);
  }));
});
