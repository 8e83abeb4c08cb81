import * as http from 'node:http';
import * as https from 'node:https';

const REQUEST_SECONDS = 60;

export interface Request {
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
}

export interface Reply {
  readonly status: number;
  // The bodies are the API server's own; each reader names the part it needs.
  readonly body: any;
  /** The texts of the `Warning:` headers. */
  readonly warnings: readonly string[];
}

/** How to speak with an API server. */
export interface Connection {
  request(method: string, path: string, request?: Request): Promise<Reply>;
  close(): void;
}

type Settings = Omit<https.RequestOptions, 'headers'> & { readonly headers?: http.OutgoingHttpHeaders };

/** @param authenticate gives the settings of one request: credentials may expire between two of them. */
export function connect(server: string, agent: http.Agent, authenticate: () => Promise<Settings>): Connection {
  const base = new URL(server);
  const transport = base.protocol === 'http:' ? http : https;
  return {
    async request(method, path, { body, contentType, accept } = {}) {
      const settings = await authenticate();
      const url = new URL(base.pathname.replace(/\/$/, '') + path, base);
      return new Promise((resolve, reject) => {
        const headers: http.OutgoingHttpHeaders = { ...settings.headers, accept: accept ?? 'application/json' };
        if (body !== undefined) {
          headers['content-type'] = contentType ?? 'application/json';
          headers['content-length'] = Buffer.byteLength(body);
        }
        const signal = AbortSignal.timeout(REQUEST_SECONDS * 1000);
        const outgoing = transport.request(url, { ...settings, method, headers, agent, signal }, reply => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('error', reject);
          reply.on('end', () => resolve({
            status: reply.statusCode ?? 0,
            body: parsed(Buffer.concat(chunks).toString('utf8')),
            warnings: warningTexts(reply.rawHeaders),
          }));
        });
        outgoing.on('error', error => reject(new Error(`${method} ${path}: ${error.message}`)));
        outgoing.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

/** The connection of the current context of KUBECONFIG. */
export async function connectByKubeconfig(): Promise<Connection> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromDefault();
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error(`KUBECONFIG=${process.env.KUBECONFIG}: its current context names no cluster`);

  const settings = async () => {
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return options as Settings;
  };
  // One agent for all requests, or each would open a connection of its own.
  const { agent } = await settings();
  return connect(cluster.server, agent as http.Agent, settings);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `299 - "text"`, with quotes and backslashes in the text escaped. */
function warningTexts(rawHeaders: readonly string[]): string[] {
  const texts: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (rawHeaders[i].toLowerCase() !== 'warning') continue;
    for (const [, text] of rawHeaders[i + 1].matchAll(/\d{3} \S+ "((?:[^"\\]|\\.)*)"/g)) {
      texts.push(text.replace(/\\(.)/g, '$1'));
    }
  }
  return texts;
}
