import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences } from './documents';
import type { Environment } from './interpreter';
import type { Steps } from './steps';
import { synthesizeTypeScript } from './typescript';

const PAGE = 'docs/python.md';

/** What a block without imports of its own is put between. */
const BEFORE = [
  'from cdk8s import *',
  'import cdk8s_plus_28 as kplus',
  'from cdk8s_serverless_mesh import *',
  'app = App()',
  "chart = Chart(app, 'shop', namespace='shop')",
  '',
].join('\n');
const AFTER = '\napp.synth()\n';

interface Block {
  readonly line: number;
  readonly code: string;
  /** What it prints, where the page says so in a text block right behind it. */
  readonly printed?: string;
}

/** Runs every Python block of the page on Python. The first one is the program of README.md. */
export function checkPage(root: string, folder: string, venv: Environment, steps: Steps): void {
  const blocks = blocksOf(readFileSync(join(root, PAGE), 'utf8'));
  for (const block of blocks) {
    steps.check(`${PAGE}:${block.line} runs${block.printed === undefined ? '' : ' and prints what the page says'}`, () =>
      run(block, join(folder, String(block.line)), venv));
  }
  steps.check(`${PAGE}: its first program gives the documents of the program in README.md`, () => {
    const typescript = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1];
    if (typescript === undefined || blocks.length === 0) return ['one of the two has no program'];
    synthesizeTypeScript(typescript, join(folder, 'readme'), root);
    return differences(outdirIn(join(folder, String(blocks[0].line))), join(folder, 'readme'));
  });
}

function blocksOf(page: string): Block[] {
  const fence = /^```python\n([\s\S]*?)^```\n(?:\n(?:[^`#\n].*\n)*\n?```text\n([\s\S]*?)^```$)?/gm;
  return [...page.matchAll(fence)].map(({ index, 1: code, 2: printed }) => ({ line: page.slice(0, index).split('\n').length, code, printed }));
}

function run({ code, printed }: Block, folder: string, venv: Environment): string[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'main.py'), /^(from|import) /m.test(code) ? code : `${BEFORE}${code}${AFTER}`);
  const { status, stdout, stderr } = venv.outcome(['main.py'], { cwd: folder, environment: { CDK8S_OUTDIR: outdirIn(folder) } });
  if (status !== 0) return [`ended with status ${status}\n${stderr}`];
  return printed === undefined || stdout.trim() === printed.trim() ? [] : [`prints\n${stdout}`];
}

function outdirIn(folder: string): string {
  return join(folder, 'dist');
}
