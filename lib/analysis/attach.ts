import { IConstruct } from 'constructs';
import { rules } from './discovery';
import { ManifestModel, modelOf } from './model';
import { Rule, RuleContext } from './rule';
import { review } from './suppression/review';
import { Problem, Severity, toProblem } from '../core/problem';
import { registerAnalyzer, registerReview } from '../core/validation';

/** Runs every rule over an app. */
export function analyse(root: IConstruct): Problem[] {
  const model = modelOf(root);
  const unrenderable = model.unrenderable.map(({ construct, path, error }) => toProblem(construct, {
    code: 'SM0001',
    path,
    reason: `the object cannot be rendered: ${error.message}`,
    fix: 'look for a value that is no plain data (a class instance, a function, an unresolved output)',
  }));
  return [...unrenderable, ...rules().flatMap(rule => applied(rule, model))];
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

registerAnalyzer(analyse);
registerReview(review);
