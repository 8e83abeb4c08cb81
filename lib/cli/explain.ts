import { coloursFor } from './colours';
import { nearest } from './nearest';
import { ExitCode, Terminal, UsageError } from './terminal';
import { codesOfPeer, explanationOf, explanations } from 'cdk8s-serverless-mesh/analysis';

/** Prints what a code stands for; for the code of another tool, our codes for the same. */
export function explain(word: string, terminal: Terminal): ExitCode {
  const own = explanationOf(word.toUpperCase());
  const codes = own ? [own.code] : codesOfPeer(peerLike(word, explanations().flatMap(({ peers }) => peers)));
  if (codes.length === 0) {
    const near = nearest(word, [...explanations().map(({ code }) => code), ...new Set(explanations().flatMap(({ peers }) => peers))]);
    throw new UsageError(`nothing is ever reported under ${JSON.stringify(word)}${near.length > 0 ? `; there is ${near.join(', ')}` : ''}.`);
  }
  const colours = coloursFor(terminal);
  const texts = codes.map(code => {
    const { title, explanation, severity, peers, example } = explanationOf(code)!;
    return [
      `${colours.bold(code)} ${title}`,
      '',
      explanation,
      '',
      `Severity: ${severity}`,
      ...peers.length > 0 ? [`Other tools: ${peers.join(', ')}`] : [],
      ...example ? ['', colours.bold('Reported:'), '', indented(example.refused), '', colours.bold('Right:'), '', indented(example.accepted)] : [],
      '',
    ].join('\n');
  });
  terminal.stdout.write(texts.join('\n'));
  return ExitCode.FINE;
}

function peerLike(word: string, peers: readonly string[]): string {
  return peers.find(peer => peer.toLowerCase() === word.toLowerCase()) ?? word;
}

function indented(yaml: string): string {
  return yaml.trim().split('\n').map(line => line === '' ? '' : `    ${line}`).join('\n');
}
