import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binaries } from './binaries';
import { Connection, connect } from './connection';
import { HOST, ServerFailure, onFreePort } from './ports';
import { Supervised } from './supervised';
import { Hopeless, until } from './waiting';

const ETCD_SECONDS = 60;
const APISERVER_SECONDS = 180;

/** These wait for controllers that do not run here: a token for every account, a usage count for every quota. */
const PLUGINS_THAT_NEED_CONTROLLERS = ['ServiceAccount', 'ResourceQuota'];

/** Of 50 s for the CRDs half went into collecting garbage; this trades it for memory, up to a bound. */
const FEWER_COLLECTIONS = { GOGC: '400', GOMEMLIMIT: '2GiB' };

export interface Servers {
  readonly connection: Connection;
  /** A file for other processes that shall speak with this server. */
  readonly kubeconfig: string;
  /** Where the servers keep their data; gone when they are. */
  readonly folders: readonly string[];
  stop(): Promise<void>;
}

/** etcd and kube-apiserver on this machine; they end with this process, in whatever way it ends. */
export async function startServers(binaries: Binaries): Promise<Servers> {
  const etcd = await onFreePort(port => startEtcd(binaries.etcd, port));
  try {
    const apiserver = await onFreePort(port => startApiserver(binaries.apiserver, port, etcd.url));
    return {
      connection: apiserver.connection,
      kubeconfig: apiserver.kubeconfig,
      folders: [etcd.directory, apiserver.directory],
      async stop() {
        apiserver.connection.close();
        await apiserver.server.stop();
        await etcd.server.stop();
      },
    };
  } catch (error) {
    await etcd.server.stop();
    throw error;
  }
}

/** etcd alone; the caller stops it. */
export async function startEtcd(binary: string, port: number) {
  const directory = temporaryFolder('etcd');
  const name = `etcd-${randomBytes(6).toString('hex')}`;
  const url = `http://${HOST}:${port}`;
  const server = new Supervised(binary, [
    `--name=${name}`,
    `--data-dir=${join(directory, 'data')}`,
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=http://${HOST}:0`,
    '--unsafe-no-fsync',
    '--log-level=warn',
  ], { directory });
  // The name tells ours from a stranger's that took the port between our look and our start.
  await ready('etcd', server, ETCD_SECONDS, async () => {
    const reply = await fetch(`${url}/v3/cluster/member/list`, { method: 'POST', body: '{}', signal: AbortSignal.timeout(5000) });
    const { members } = await reply.json() as { members?: { name: string }[] };
    return members?.[0].name === name ? true : undefined;
  });
  return { server, url, directory };
}

async function startApiserver(binary: string, port: number, etcdUrl: string) {
  const token = randomBytes(24).toString('hex');
  const accountKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

  const directory = temporaryFolder('kube-apiserver');
  const file = (name: string, content: string) => {
    writeFileSync(join(directory, name), content, { mode: 0o600 });
    return join(directory, name);
  };
  const keyFile = file('service-account.key', accountKey);
  const server = new Supervised(binary, [
    `--etcd-servers=${etcdUrl}`,
    `--bind-address=${HOST}`,
    `--advertise-address=${HOST}`,
    `--secure-port=${port}`,
    `--cert-dir=${directory}`,
    `--token-auth-file=${file('tokens.csv', `${token},test,test,system:masters\n`)}`,
    '--authorization-mode=RBAC',
    '--anonymous-auth=false',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${keyFile}`,
    `--service-account-signing-key-file=${keyFile}`,
    '--service-cluster-ip-range=10.0.0.0/16',
    '--endpoint-reconciler-type=none',
    '--allow-privileged=true',
    '--profiling=false',
    `--disable-admission-plugins=${PLUGINS_THAT_NEED_CONTROLLERS.join(',')}`,
  ], { directory, environment: { ...FEWER_COLLECTIONS, ...process.env } });

  const url = `https://${HOST}:${port}`;
  // The server signs its own certificate, so trust can only be had from the file that it writes.
  const certificate = await ready('kube-apiserver', server, APISERVER_SECONDS, async () => {
    const path = join(directory, 'apiserver.crt');
    return existsSync(path) && existsSync(join(directory, 'apiserver.key')) ? readFileSync(path, 'utf8') : undefined;
  });
  const connection = connect(url, new Agent({ keepAlive: true, ca: certificate }), async () => ({
    headers: { authorization: `Bearer ${token}` },
  }));
  await ready('kube-apiserver', server, APISERVER_SECONDS, async () => {
    const { status, body } = await connection.request('GET', '/readyz?verbose');
    if (status !== 200) throw new Error(`/readyz answers ${status}: ${typeof body === 'string' ? body.trim() : JSON.stringify(body)}`);
    return true;
  });
  // Ready, and yet Services are refused until the server has written down its own address range.
  await ready('kube-apiserver', server, APISERVER_SECONDS, async () => {
    const { status, body } = await connection.request('GET', '/apis/networking.k8s.io/v1/servicecidrs/kubernetes');
    const unknownToOldServers = status === 404 && !body.details?.name;
    if (unknownToOldServers) return true;
    const isReady = (condition: { type: string; status: string }) => condition.type === 'Ready' && condition.status === 'True';
    return body.status?.conditions?.some(isReady) ? true : undefined;
  });
  return { server, connection, directory, kubeconfig: file('kubeconfig', kubeconfig(url, certificate, token)) };
}

/** Stops the server and tells the end of its log unless the question is answered in time. */
async function ready<T>(name: string, server: Supervised, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  try {
    return await until(`${name} is ready`, seconds, async () => {
      if (!server.running) throw new Hopeless(`${name} ended with exit code ${await server.exited}`);
      return ask();
    });
  } catch (error) {
    await server.stop();
    throw new ServerFailure((error as Error).message, server.tail());
  }
}

function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `cdk8s-serverless-mesh-${name}-`));
}

function kubeconfig(server: string, certificate: string, token: string): string {
  return JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': 'test',
    'contexts': [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'clusters': [{ name: 'test', cluster: { server, 'certificate-authority-data': Buffer.from(certificate).toString('base64') } }],
    'users': [{ name: 'test', user: { token } }],
  });
}
