import { Intents } from '../core/intents';
import { registerAnalyzer, registerReview } from '../core/validation';

// loaded when somebody first asks: an app that is only built, or a process that only reads a type, never does
/* eslint-disable @typescript-eslint/no-require-imports */
const analysis = () => require('./analyse') as typeof import('./analyse');
const findings = () => require('./findings/once') as typeof import('./findings/once');
const declared = () => require('./reachability/declared') as typeof import('./reachability/declared');
const suppression = () => require('./suppression/review') as typeof import('./suppression/review');
/* eslint-enable @typescript-eslint/no-require-imports */

registerAnalyzer((root, least) => analysis().analyse(root, least));
registerAnalyzer(root => {
  const { edges, denyByDefault } = Intents.of(root);
  return edges.all.length + denyByDefault.all.length > 0 ? declared().declaredProblems(root) : [];
});
registerReview((_, problems) => problems.length > 1 ? findings().once(problems) : problems);
registerReview((root, problems, least) => suppression().review(root, problems, least));
