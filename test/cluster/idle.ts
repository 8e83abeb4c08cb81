import { startCluster } from './cluster';

/** Starts a cluster, tells where its kubeconfig is, and keeps it until it is ended or its starter is. */
async function main(): Promise<void> {
  process.stdin.resume().on('end', () => process.exit());
  const { kubeconfig } = await startCluster({ tell: text => process.stderr.write(`${text}\n`) });
  console.log(kubeconfig);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
