/**
 * Generates docs/rules.md, the page of every code, from the rules themselves. Without arguments it only checks that the page is
 * what the sources give; `--write` writes it.
 */
import * as fs from 'fs';
import * as path from 'path';
import { Explanation, explanations } from '../lib/analysis/findings/catalogue';
import { ClusterProfile } from '../lib/core/cluster-profile';

const TARGET = path.join(__dirname, '..', 'docs', 'rules.md');

const INTRODUCTION = `# Rules

What is checked, and what each code means. This page is generated from the rules; [findings.md](findings.md) says how to read and suppress
what they find.

*Error*: the real system refuses it, or it cannot work. *Warning*: it is accepted, but does not do what it says. *Info*: advice.
A severity is the highest that findings of a code may have. Codes in brackets are those of other tools for the same.
`;

const AREAS: readonly [string, string][] = [
  ['SM00', 'General'],
  ['SM01', 'Serverless'],
  ['SM02', 'Mesh'],
  ['SM03', 'Eventing'],
  ['SM04', 'Observability'],
  ['SM05', 'Platform'],
  ['SM06', 'Istio'],
  ['SM07', 'Good practice'],
  ['SM08', 'References'],
  ['SM09', 'Outdated and broken YAML'],
  ['SM10', 'What Istio\'s webhook refuses'],
];

function page(all: readonly Explanation[]): string {
  return [INTRODUCTION, ...areas(all).map(([title, codes]) => [`## ${title}\n`, table(codes), ...codes.map(section)].join('\n'))].join('\n');
}

function areas(all: readonly Explanation[]): [string, Explanation[]][] {
  const others = all.filter(({ code }) => !AREAS.some(([prefix]) => code.startsWith(prefix)));
  return [
    ...AREAS.map(([prefix, title]): [string, Explanation[]] => [title, all.filter(({ code }) => code.startsWith(prefix))]),
    ['Others', others] as [string, Explanation[]],
  ].filter(([, codes]) => codes.length > 0) as [string, Explanation[]][];
}

function table(codes: readonly Explanation[]): string {
  return ['| Code | Severity | What |', '|---|---|---|', ...codes.map(({ code, severity, title }) => `| [${code}](#${code.toLowerCase()}) | ${severity} | ${cell(title)} |`), ''].join('\n');
}

function section({ code, title, severity, peers, explanation, example }: Explanation): string {
  const also = peers.length > 0 ? ` (${peers.join(', ')})` : '';
  const setting = example?.profile ? `In a cluster with ${described(example.profile)}:\n\n` : '';
  return [
    `### ${code}\n`,
    `**${sentence(title)}**: ${severity}${also}.\n`,
    `${explanation}\n`,
    ...example ? [`${setting}Refused:\n`, block(example.refused), 'Right:\n', block(example.accepted)] : [],
  ].join('\n');
}

function block(yaml: string): string {
  return `\`\`\`yaml no-check\n${yaml.trim()}\n\`\`\`\n`;
}

/** What a profile says that the default one does not. */
function described(profile: ClusterProfile): string {
  const props = (profile as unknown as { props: Record<string, unknown> }).props;
  return Object.entries(props).map(([name, value]) => `\`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}\``).join(', ') || 'the defaults';
}

function sentence(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}

const wanted = page(explanations());
if (process.argv.includes('--write')) {
  fs.writeFileSync(TARGET, wanted);
} else if (!fs.existsSync(TARGET) || fs.readFileSync(TARGET, 'utf8') !== wanted) {
  console.error('docs/rules.md is not what the rules give: run `npm run rules -- --write` and commit it');
  process.exitCode = 1;
}
