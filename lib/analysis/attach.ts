import { IConstruct } from 'constructs';
import { ManifestModel } from './model';
import { RuleContext } from './rule';
import { RULES } from './rules';
import { Problem, toProblem } from '../core/problem';
import { registerAnalyzer } from '../core/validation';

/** Runs every rule over an app. */
export function analyse(root: IConstruct): Problem[] {
  const model = ManifestModel.of(root);
  const unrenderable = model.unrenderable.map(({ construct, path, error }) => toProblem(construct, {
    code: 'SM0001',
    path,
    reason: `the object cannot be rendered: ${error.message}`,
    fix: 'look for a value that is no plain data (a class instance, a function, an unresolved output)',
  }));
  return [...unrenderable, ...RULES.flatMap(rule => {
    const context = new RuleContext(rule, model);
    rule.check(context);
    return context.problems;
  })];
}

registerAnalyzer(analyse);
