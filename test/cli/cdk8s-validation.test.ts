import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { folderWith, Outcome, ROOT, sourcesConfig } from './support';

const TWO_PORTS = ', { containerPort: 8081 }';

/** A project with a plain cdk8s app, and what its cdk8s.yaml says of the validation. */
function project(ports: string, properties: object = {}): string {
  const folder = folderWith({
    'main.js': `
const { App, ApiObject, Chart } = require('cdk8s');
const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new ApiObject(chart, 'checkout', {
  apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'checkout' },
  spec: { template: { spec: { containers: [{ image: 'registry.example.com/shop/checkout:1.0.0', ports: [{ containerPort: 8080 }${ports}] }] } } },
});
app.synth();
`,
    'cdk8s.yaml': JSON.stringify({
      language: 'typescript',
      app: 'node main.js',
      validations: [{ package: './plugin', version: '0.0.0', class: 'ServerlessMeshValidation', properties }],
    }),
    // where the package is installed this is ./node_modules/cdk8s-serverless-mesh/build/lib/cli/validation
    'plugin/index.js': `require(${JSON.stringify(path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cjs', 'index.cjs'))});
module.exports = require(${JSON.stringify(path.join(ROOT, 'lib', 'cli', 'validation.ts'))});
`,
  });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

function synth(folder: string): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'node_modules', 'cdk8s-cli', 'bin', 'cdk8s'), 'synth', '--validation-reports-output-file', 'report.json', '--check-upgrade', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: sourcesConfig(), CI: '1' },
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}

interface Report {
  readonly summary: { readonly status: string; readonly metadata: Record<string, string> };
  readonly violations: {
    readonly ruleName: string;
    readonly fix: string;
    readonly recommendation: string;
    readonly violatingConstructs: Record<string, unknown>[];
  }[];
}

function reportOf(folder: string): Report {
  return JSON.parse(fs.readFileSync(path.join(folder, 'report.json'), 'utf8')).reports[0];
}

describe('the validation plug-in of cdk8s-cli', () => {
  test('fails the synthesis of an app that Knative would refuse, and says why', () => {
    const folder = project(TWO_PORTS);
    const { code, out, err } = synth(folder);
    expect({ failed: code !== 0, err: /Validation failed/.test(err) }).toEqual({ failed: true, err: true });
    expect(out).toContain('SM0105');
    const { summary, violations } = reportOf(folder);
    expect(summary).toMatchObject({ status: 'failure', metadata: { error: '1' } });
    expect(violations).toMatchObject([{
      ruleName: expect.stringMatching(/^SM0105 /),
      fix: expect.stringMatching(/\S/),
      recommendation: expect.stringMatching(/\S/),
      violatingConstructs: [{
        resourceName: 'checkout',
        constructPath: 'shop/checkout',
        manifestPath: expect.stringMatching(/^dist\/shop\.k8s\.yaml:\d+:\d+$/),
        locations: [expect.stringContaining('spec.template.spec.containers[0].ports')],
      }],
    }]);
  }, 120_000);

  test('lets an app pass with which nothing is wrong', () => {
    const folder = project('');
    const { code } = synth(folder);
    expect(code).toBe(0);
    expect(reportOf(folder)).toMatchObject({ summary: { status: 'success' }, violations: [] });
  }, 120_000);

  test('takes the cluster and suppressions from its properties', () => {
    const folder = project(TWO_PORTS, { config: 'ours.yaml', profile: { mesh: 'ambient' } });
    fs.writeFileSync(path.join(folder, 'ours.yaml'), 'suppress: [{ code: SM0105, reason: tried out }]');
    expect(synth(folder).code).toBe(0);
  }, 120_000);
});
