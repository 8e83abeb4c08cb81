import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { alone } from './lock';
import { Supervised } from './supervised';
import { delay } from './waiting';

const BUILD_MINUTES = 30;
const CORES = 2;

export interface Binaries {
  readonly etcd: string;
  readonly apiserver: string;
}

interface Tool {
  /** The name of the binary and of its module's folder under tools/. */
  readonly name: string;
  readonly command: string;
  readonly linkerFlags: (goMod: string) => readonly string[];
}

const ETCD: Tool = { name: 'etcd', command: 'go.etcd.io/etcd/server/v3', linkerFlags: () => [] };
const APISERVER: Tool = { name: 'kube-apiserver', command: 'k8s.io/kubernetes/cmd/kube-apiserver', linkerFlags: versionFlags };

/** The two servers: from KUBEBUILDER_ASSETS if that is set, else built once from tools/ and kept. */
export async function binaries(tell: (text: string) => void): Promise<Binaries> {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) {
    return { etcd: executable(assets, ETCD.name), apiserver: executable(assets, APISERVER.name) };
  }
  const goVersion = await goToolchain();
  return { etcd: await built(ETCD, goVersion, tell), apiserver: await built(APISERVER, goVersion, tell) };
}

function executable(folder: string, name: string): string {
  const path = join(folder, name);
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new Error(`KUBEBUILDER_ASSETS is ${folder}, but it has no executable ${name}`);
  }
  return path;
}

async function goToolchain(): Promise<string> {
  try {
    return (await promisify(execFile)('go', ['version'], { cwd: moduleFolder(ETCD) })).stdout.trim();
  } catch (error) {
    throw new Error('etcd and kube-apiserver are built with Go, and `go version` failed. Install Go 1.26 or later, or set '
      + `KUBEBUILDER_ASSETS to a folder with both binaries, or KUBECONFIG to a cluster of yours (${(error as Error).message})`);
  }
}

function moduleFolder(tool: Tool): string {
  return join(__dirname, 'tools', tool.name);
}

async function built(tool: Tool, goVersion: string, tell: (text: string) => void): Promise<string> {
  const goMod = readFileSync(join(moduleFolder(tool), 'go.mod'), 'utf8');
  const goSum = readFileSync(join(moduleFolder(tool), 'go.sum'), 'utf8');
  const flags = ['-trimpath', '-buildvcs=false', '-ldflags', ['-s', '-w', ...tool.linkerFlags(goMod)].join(' ')];
  const key = createHash('sha256').update(JSON.stringify([goVersion, goMod, goSum, flags])).digest('hex').slice(0, 16);

  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-serverless-mesh', 'cluster', key);
  const binary = join(cache, tool.name);
  const found = () => existsSync(binary) ? binary : undefined;
  if (found()) return binary;

  mkdirSync(cache, { recursive: true });
  tell(`building ${tool.name} into ${cache}; it is kept there`);
  return alone(`${binary}.lock`, BUILD_MINUTES * 60, found, async () => {
    removeAbandoned(cache);
    const began = Date.now();
    // Only a whole binary ever gets the name.
    const unfinished = `${binary}.${process.pid}`;
    await build(tool, flags, unfinished);
    renameSync(unfinished, binary);
    tell(`built ${tool.name} in ${Math.round((Date.now() - began) / 1000)} s`);
    return binary;
  });
}

async function build(tool: Tool, flags: readonly string[], output: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-serverless-mesh-build-'));
  const go = new Supervised('go', ['build', '-mod=readonly', '-p', String(CORES), ...flags, '-o', output, tool.command], {
    directory: scratch,
    workingDirectory: moduleFolder(tool),
    environment: { ...process.env, CGO_ENABLED: '0', GOMAXPROCS: String(CORES), GOFLAGS: '', GOWORK: 'off', GOTMPDIR: scratch },
  });
  const outcome = await Promise.race([go.exited, delay(BUILD_MINUTES * 60_000).then(() => 'late' as const)]);
  if (outcome === 0) return;
  await go.stop();
  rmSync(output, { force: true });
  const why = outcome === 'late' ? `was not ready after ${BUILD_MINUTES} minutes` : `ended with exit code ${outcome}`;
  throw new Error(`the build of ${tool.name} ${why}\n${go.tail()}`);
}

/** Binaries that killed builds left under their process's number. */
function removeAbandoned(cache: string): void {
  for (const file of readdirSync(cache)) {
    const owner = /\.(\d+)$/.exec(file)?.[1];
    if (owner && !alive(Number(owner))) rmSync(join(cache, file), { force: true });
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Built from a module, the server does not know its own version, and clients cannot parse what it says instead. */
function versionFlags(goMod: string): string[] {
  const [, version, major, minor] = /^\s*k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\S+)/m.exec(goMod) ?? [];
  if (!version) throw new Error('tools/kube-apiserver/go.mod does not require k8s.io/kubernetes');
  const facts = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean', gitCommit: 'module' };
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .flatMap(symbols => Object.entries(facts).map(([name, value]) => `-X ${symbols}.${name}=${value}`));
}
