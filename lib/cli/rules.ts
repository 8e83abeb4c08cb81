import { coloursFor } from './colours';
import { ExitCode, Terminal } from './terminal';
import { explanations } from 'cdk8s-serverless-mesh/analysis';

/** Prints every code there is. */
export function rules(output: 'text' | 'json', terminal: Terminal): ExitCode {
  const all = explanations();
  if (output === 'json') {
    const plain = all.map(({ code, title, explanation, severity, peers }) => ({ code, title, explanation, severity, peers }));
    terminal.stdout.write(`${JSON.stringify(plain, undefined, 2)}\n`);
    return ExitCode.FINE;
  }
  const colours = coloursFor(terminal);
  const lines = all.map(({ code, title, severity, peers }) =>
    `${colours.bold(code)} ${severity.padEnd(7)} ${title}${peers.length > 0 ? colours.dim(` (${peers.join(', ')})`) : ''}`);
  terminal.stdout.write(`${lines.join('\n')}\n`);
  return ExitCode.FINE;
}
