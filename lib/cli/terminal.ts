import { Readable, Writable } from 'stream';

/** What a command reads from and writes to. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths begin in. */
  readonly cwd: string;
}

/** What a command leaves behind. */
export enum ExitCode {
  /** Nothing that counts was found. */
  FINE = 0,
  /** Findings that count. */
  FOUND = 1,
  /** Something could not be read, or the command was not understood. */
  UNREADABLE = 2,
}

/** Something that the user has to change; its message is a sentence, and all that is printed. */
export class UsageError extends Error {}

/** Everything that comes in from outside, as text. */
export async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk as Buffer);
  return Buffer.concat(chunks);
}
