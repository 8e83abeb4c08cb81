import { analyse } from '../../../lib/analysis/analyse';
import { modelOfFiles } from '../../../lib/analysis/reading';
import { Problem } from '../../../lib/core/problem';
import { whileRendered } from '../../../lib/core/rendering';

/** The rules that say what the API server says before any webhook is asked. */
const SCHEMA_RULES = /^SM06(?:0[1-689]|1[01])$/;

/** What schemas alone have against a document, also where another rule says the same better and so would stand for it. */
export function schemaFindings(yaml: string): Problem[] {
  const root = modelOfFiles([{ name: 'verdict.yaml', text: yaml }]);
  return whileRendered(root, () => analyse(root)).filter(({ code }) => SCHEMA_RULES.test(code));
}
