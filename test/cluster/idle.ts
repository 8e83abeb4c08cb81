import { binaries } from './binaries';
import { startServers } from './servers';

/** What lifecycle.ts learns of the servers that this process keeps. */
export interface Idle {
  readonly kubeconfig: string;
  readonly folders: readonly string[];
}

/** Keeps servers until this process is ended or its starter is. */
async function main(): Promise<void> {
  process.stdin.resume().on('end', () => process.exit());
  const { kubeconfig, folders } = await startServers(await binaries(text => process.stderr.write(`${text}\n`)));
  const idle: Idle = { kubeconfig, folders };
  console.log(JSON.stringify(idle));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
