import * as fs from 'fs';
import * as path from 'path';

/** A TypeScript block of a page, with the YAML block that follows it. */
export interface Snippet {
  readonly id: string;
  /** Page and line, for messages. */
  readonly where: string;
  readonly code: string;
  readonly run: boolean;
  readonly yaml?: string;
}

/** Every TypeScript block of README.md and docs/. */
export function readSnippets(root: string): Snippet[] {
  return pages(root).flatMap(page => snippetsOf(page, fs.readFileSync(path.join(root, page), 'utf8')));
}

function pages(root: string): string[] {
  const docs = fs.readdirSync(path.join(root, 'docs')).filter(file => file.endsWith('.md')).sort();
  return ['README.md', ...docs.map(file => path.join('docs', file))];
}

function snippetsOf(page: string, text: string): Snippet[] {
  const found: Snippet[] = [];
  const fence = /^```([a-z]+)([^\n]*)\n([\s\S]*?)^```$/gm;
  for (let block = fence.exec(text); block; block = fence.exec(text)) {
    const [, language, info, body] = block;
    const line = text.slice(0, block.index).split('\n').length;
    if (language === 'ts') {
      found.push({
        id: `${path.basename(page, '.md').toLowerCase()}-${line}`,
        where: `${page}:${line}`,
        code: body,
        run: !info.includes('no-run'),
      });
    } else if (language === 'yaml' && found.length > 0 && !found[found.length - 1].yaml && !info.includes('no-check')) {
      found[found.length - 1] = { ...found[found.length - 1], yaml: body };
    }
  }
  return found;
}
