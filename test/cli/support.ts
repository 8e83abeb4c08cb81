import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Readable, Writable } from 'stream';
import { run } from '../../lib/cli/program';

export const ROOT = path.join(__dirname, '..', '..');
const folders: string[] = [];

/** A folder with files; gone when the tests of the file are through. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'serverless-mesh-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

afterAll(() => folders.splice(0).forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

/** What a run of the command left behind. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a run of the command finds around it. */
export interface Surroundings {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  /** Whether it writes to a terminal. */
  readonly tty?: boolean;
}

class Written extends Writable {
  public text = '';

  constructor(public readonly isTTY: boolean) {
    super();
  }

  public _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Runs the command in this process. */
export async function cli(args: readonly string[], { cwd = os.tmpdir(), stdin = '', env = {}, tty = false }: Surroundings = {}): Promise<Outcome> {
  const [out, err] = [new Written(tty), new Written(tty)];
  const code = await run(args, { stdin: Readable.from([stdin]), stdout: out, stderr: err, env, cwd });
  return { code, out: out.text, err: err.text };
}

/** Settings with which tsx finds the sources where the package would have its build. */
export function sourcesConfig(): string {
  return path.join(folderWith({
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        module: 'node16',
        target: 'ES2022',
        esModuleInterop: true,
        baseUrl: ROOT,
        paths: {
          'cdk8s-serverless-mesh': ['lib/index.ts'],
          'cdk8s-serverless-mesh/analysis': ['lib/analysis/exports.ts'],
        },
      },
    }),
  }), 'tsconfig.json');
}

/** Runs a shell script in which `$CLI` is the command, as a process of its own. */
export function shell(script: string, cwd: string): Outcome {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
    cwd,
    encoding: 'utf8',
    env: {
      ...process.env,
      TSX_TSCONFIG_PATH: sourcesConfig(),
      CLI: `${process.execPath} ${path.join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs')} ${path.join(ROOT, 'lib', 'cli', 'main.ts')}`,
    },
  });
  return { code: status ?? -1, out: stdout, err: stderr };
}

/** A Knative Service whose image has a name that no registry takes: an error at 8:11. */
export function refused(name = 'checkout'): string {
  return `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/Shop/checkout:1.0.0
`;
}

/** The same, mended. */
export function accepted(name = 'checkout'): string {
  return refused(name).replace('Shop', 'shop');
}

/** The same with an image that is named by no version, which is a warning. */
export function doubtful(name = 'checkout'): string {
  return accepted(name).replace('checkout:1.0.0', 'checkout:latest');
}
