import { OPEN, Said, Truth } from './truth';

/** Exact, `prefix*`, `*suffix` or `*`, which is any value that is not empty (istio pilot/pkg/security/authz/matcher/string.go). */
export function matchesText(pattern: string, value: Said): Truth {
  if (value === OPEN) return pattern === '*' ? true : undefined;
  if (value === undefined) return false;
  if (pattern === '*') return value !== '';
  if (pattern.startsWith('*')) return value.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return value.startsWith(pattern.slice(0, -1));
  return value === pattern;
}

/** The same for hosts, where case does not matter. */
export function matchesHost(pattern: string, host: Said): Truth {
  return matchesText(pattern.toLowerCase(), typeof host === 'string' ? host.toLowerCase() : host);
}

/** A path or a template of whole segments; the query is no part of a path. */
export function matchesPath(pattern: string, path: Said): Truth {
  const bare = typeof path === 'string' ? path.replace(/[?#].*$/, '') : path;
  if (!/\{\*\*?\}/.test(pattern)) return matchesText(pattern, bare);
  if (typeof bare !== 'string') return bare === OPEN ? undefined : false;
  return templateOf(pattern).test(bare);
}

/** `*` anywhere stands for any text, as in the namespaces of a source (srcNamespaceGenerator in pilot/pkg/security/authz/model/generator.go). */
export function matchesGlob(pattern: string, value: string): boolean {
  return new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`).test(value);
}

function templateOf(pattern: string): RegExp {
  const parts = pattern.split(/(\{\*\*?\})/).map(part => {
    switch (part) {
      case '{*}': return '[^/]+';
      case '{**}': return '.*';
      default: return escaped(part);
    }
  });
  return new RegExp(`^${parts.join('')}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
