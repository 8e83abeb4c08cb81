import { startCluster } from './cluster';

/** Starts a cluster, tells where its kubeconfig is, and waits to be ended. */
async function main(): Promise<void> {
  const { kubeconfig } = await startCluster({ tell: text => process.stderr.write(`${text}\n`) });
  console.log(kubeconfig);
  setInterval(() => undefined, 60_000);
}

void main();
