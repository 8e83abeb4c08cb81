import type { Environment } from './interpreter';
import type { Steps } from './steps';

interface Verdict {
  readonly check: string;
  readonly wrong: readonly string[];
}

/** Has a Python program check things from inside Python, and counts its checks with ours. It prints a line of JSON for each. */
export function checksInPython(program: string, venv: Environment, steps: Steps): void {
  steps.check('the checks in Python run to their end', () => {
    const { status, stdout, stderr } = venv.outcome([program]);
    const verdicts = stdout.split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line) as Verdict);
    for (const { check, wrong } of verdicts) steps.verdict(`in Python: ${check}`, wrong);
    if (status !== 0) return [`ended with status ${status}\n${stderr}`];
    return verdicts.length > 0 ? [] : ['there are none'];
  });
}
