import { CelProgram } from './program';
import { celValue } from './values';
import type { SchemaNode } from '../node';
import { CelRule, isAbsent, isFields } from '../structural';
import { Walk } from '../walk';

/** What the rules of a schema have against a value that is right otherwise. */
export function checkRules(node: SchemaNode, value: unknown, walk: Walk): void {
  if (isAbsent(value) || !node.hasRules) return;
  for (const rule of node.rules) checkRule(rule, node, value, walk);
  for (const part of node.schema.allOf ?? []) {
    for (const rule of part['x-kubernetes-validations'] ?? []) checkRule(rule, node, value, walk);
  }
  if (Array.isArray(value)) {
    const { items } = node;
    for (let i = 0; items?.hasRules && i < value.length; i++) {
      walk.enter(i);
      checkRules(items, value[i], walk);
      walk.leave();
    }
  } else if (isFields(value)) {
    for (const [name, below] of node.ruled) {
      walk.enter(name);
      checkRules(below, node.effective(name, value), walk);
      walk.leave();
    }
    const { rest } = node;
    if (!rest?.hasRules) return;
    for (const name of Object.keys(value)) {
      if (!node.field(name)) walk.within([name], () => checkRules(rest, value[name], walk));
    }
  }
}

function checkRule(rule: CelRule, node: SchemaNode, value: unknown, walk: Walk): void {
  const program = CelProgram.of(rule.rule);
  // a rule that cannot be evaluated here has no say; the server has the last word
  if (program.isTransition || program.problem !== undefined) return;
  const outcome = program.evaluate(celValue(value, node, program.names));
  if (('value' in outcome && outcome.value === true) || program.problem !== undefined) return;
  const text = rule.rule.trim().replace(/\s+/g, ' ');
  const whole = typeof value === 'object' ? undefined : value;
  walk.report('cel', {
    reason: 'error' in outcome ? `a rule of the schema cannot be evaluated: ${outcome.error}` : messageOf(rule, node, value, text),
    fix: text.length <= 200 ? `make this true: ${text}` : 'see the description of the field, and mend what the message names',
  }, whole, pathOf(rule.fieldPath));
}

function messageOf(rule: CelRule, node: SchemaNode, value: unknown, text: string): string {
  if (rule.messageExpression) {
    const program = CelProgram.of(rule.messageExpression);
    const outcome = program.evaluate(celValue(value, node, program.names));
    if ('value' in outcome && typeof outcome.value === 'string' && outcome.value.trim() !== '') return ended(outcome.value);
  }
  return ended(rule.message ?? `a rule of the schema is not met: ${text}`);
}

function ended(message: string): string {
  return message.trim().replace(/\s+/g, ' ').replace(/\.$/, '');
}

function pathOf(fieldPath: string | undefined): string[] {
  return fieldPath ? Array.from(fieldPath.matchAll(/\.([\w-]+)|\['([^']+)'\]/g), found => found[1] ?? found[2]) : [];
}
