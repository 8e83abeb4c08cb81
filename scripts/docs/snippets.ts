import * as fs from 'fs';
import * as path from 'path';

/** A TypeScript block of a page, with the YAML block that follows it. */
export interface Snippet {
  readonly id: string;
  /** Page and line, for messages. */
  readonly where: string;
  readonly code: string;
  readonly run: boolean;
  /** Whether it is to be refused, with the messages that follow it. */
  readonly refused: boolean;
  readonly yaml?: string;
  readonly messages?: string[];
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
        refused: info.includes('refused'),
      });
    } else if (language === 'yaml' && found.length > 0 && !found[found.length - 1].yaml && !info.includes('no-check')) {
      found[found.length - 1] = { ...found[found.length - 1], yaml: body };
    } else if (language === 'text' && found.length > 0 && found[found.length - 1].refused) {
      found[found.length - 1] = { ...found[found.length - 1], messages: messagesOf(body) };
    }
  }
  return found;
}

/** The messages of a text block: each begins with a construct path in brackets and may be wrapped. */
function messagesOf(text: string): string[] {
  return text.split(/^\s*(?=\[)/m).map(withoutWrapping).filter(message => message.startsWith('['));
}

export function withoutWrapping(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
