import { AddressInfo, createServer } from 'node:net';

export const HOST = '127.0.0.1';
const ATTEMPTS = 5;

/** A server did not come up. */
export class ServerFailure extends Error {
  constructor(message: string, public readonly log: string) {
    super(`${message}; the end of its log:\n${log}`);
  }
}

/** Nobody can reserve a port for a child process, so another process may take it first: then the next one. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      const taken = error instanceof ServerFailure && error.log.includes('address already in use');
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, HOST, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
