/** Functions that a template of an alert may call: those of Go's text/template and those of Prometheus (template/template.go). */
const FUNCTIONS = new Set([
  'and', 'call', 'html', 'index', 'slice', 'js', 'len', 'not', 'or', 'print', 'printf', 'println', 'urlquery', 'eq', 'ge', 'gt', 'le', 'lt', 'ne',
  'query', 'first', 'label', 'value', 'sortByLabel', 'strvalue', 'humanize', 'humanize1024', 'humanizeDuration', 'humanizePercentage', 'humanizeTimestamp', 'toTime',
  'toDuration', 'now', 'title', 'toUpper', 'toLower', 'stripPort', 'stripDomain', 'match', 'reReplaceAll', 'graphLink', 'tableLink', 'parseDuration', 'args', 'tmpl',
  'safeHtml', 'externalURL', 'pathPrefix', 'urlQueryEscape',
]);

const KEYWORDS = new Set(['if', 'else', 'end', 'range', 'with', 'define', 'block', 'template', 'break', 'continue', 'true', 'false', 'nil']);
const OPENING = new Set(['if', 'range', 'with', 'define', 'block']);

/** What Prometheus puts before every template. */
const VARIABLES = ['labels', 'externalLabels', 'externalURL', 'value'];

/** The actions of a template without the texts in them; what is wrong with it, where it cannot be taken apart. */
export function actionsOf(template: string): { readonly actions: readonly string[]; readonly flaw?: string } {
  const actions: string[] = [];
  let at = template.indexOf('{{');
  while (at >= 0) {
    const action = ACTION.exec(template.slice(at));
    if (!action) return { actions, flaw: `what begins with ${JSON.stringify(template.slice(at, at + 20))} does not end with }}` };
    actions.push(action[1].replace(TEXT, '""').replace(/\/\*[^]*?\*\//g, '').replace(/^-\s|\s-$/g, ' ').trim());
    at = template.indexOf('{{', at + action[0].length);
  }
  return { actions };
}

const TEXT = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'/g;
const ACTION = /^\{\{((?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\/\*[^]*?\*\/|(?!\}\})[^"`])*?)\}\}/;

/** Why Prometheus could not read a template, if it could not. */
export function templateFlaw(template: string): string | undefined {
  const { actions, flaw } = actionsOf(template);
  if (flaw) return flaw;
  const open: string[] = [];
  const variables = new Set(VARIABLES);
  for (const action of actions) {
    if (action === '') continue;
    const [word] = action.split(/[^a-z]/);
    if (word === 'end' && open.pop() === undefined) return '{{ end }} ends nothing';
    if (word === 'else' && open.length === 0) return '{{ else }} belongs to no if, range or with';
    if (OPENING.has(word)) open.push(word);
    for (const [, declared] of action.matchAll(/\$(\w+)\s*(?=,|:=)/g)) variables.add(declared);
    for (const [, used] of action.matchAll(/\$(\w+)/g)) {
      if (!variables.has(used)) return `there is no variable $${used}`;
    }
    for (const [name] of action.matchAll(/(?<![.$\w])[A-Za-z_]\w*/g)) {
      if (!FUNCTIONS.has(name) && !KEYWORDS.has(name)) return `there is no function ${name}`;
    }
  }
  return open.length > 0 ? `{{ ${open[open.length - 1]} }} has no {{ end }}` : undefined;
}
