import { IConstruct } from 'constructs';
import { rules } from './discovery';
import { ManifestModel, modelOf } from './model';
import { Rule, RuleContext } from './rule';
import { isAtLeast, Problem, Severity, toProblem } from '../core/problem';

/** Runs the rules over an app whose findings may be that severe. */
export function analyse(root: IConstruct, least: Severity = Severity.INFO): Problem[] {
  const model = modelOf(root);
  const unrenderable = model.unrenderable.map(({ construct, path, error }) => toProblem(construct, {
    code: 'SM0001',
    path,
    reason: `the object cannot be rendered: ${error.message}`,
    fix: 'look for a value that is no plain data (a class instance, a function, an unresolved output)',
  }));
  return [...unrenderable, ...rules().filter(rule => isAtLeast(rule.severity, least)).flatMap(rule => findingsOf(rule, model))];
}

// kept with the model: an app is first asked for its errors, then for the rest
function findingsOf(rule: Rule, model: ManifestModel): readonly Problem[] {
  const known = model.derived(findingsByRule);
  if (!known.has(rule)) known.set(rule, applied(rule, model));
  return known.get(rule)!;
}

function findingsByRule(): Map<Rule, Problem[]> {
  return new Map();
}

// a mistake in one rule must neither hide what the others find nor stop an app that has nothing to do with it
function applied(rule: Rule, model: ManifestModel): Problem[] {
  const context = new RuleContext(rule, model);
  try {
    rule.check(context);
    return context.problems;
  } catch (e) {
    return [...context.problems, toProblem(model.root, {
      code: 'SM0007',
      severity: Severity.WARNING,
      reason: `the rule ${rule.code} did not get through: ${e instanceof Error ? e.message : String(e)}`,
      fix: 'report it as a mistake of this library; what the rule would find is not known',
    })];
  }
}
