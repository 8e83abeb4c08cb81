import { Terminal } from './terminal';

/** Makes texts stand out, or leaves them as they are. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
}

/** Colours on a terminal, unless somebody asked for none (https://no-color.org). */
export function coloursFor({ stdout, env }: Terminal): Colours {
  const wanted = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (on: number, off: number) => (text: string) => wanted ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: paint(1, 22), dim: paint(2, 22), red: paint(31, 39), yellow: paint(33, 39), blue: paint(34, 39) };
}
