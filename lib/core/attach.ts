import { registerAnalyzer } from './validation';

// loaded when somebody first asks
// eslint-disable-next-line @typescript-eslint/no-require-imports
const ordering = () => require('./app/ordering') as typeof import('./app/ordering');

registerAnalyzer(root => ordering().orderingProblems(root));
