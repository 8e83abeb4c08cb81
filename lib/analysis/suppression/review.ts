import { IConstruct } from 'constructs';
import { annotatedSuppressions } from './annotation';
import { SUPPRESSION_CODES as CODES } from './codes';
import { configuredSuppressions } from './config';
import { Suppression } from './suppression';
import { Suppressions } from './suppressions';
import { isAtLeast, Problem, ProblemReport, Severity, toProblem } from '../../core/problem';
import { codesOfPeer, explanationOf } from '../findings/catalogue';
import { modelOf } from '../model';

/** Takes out the findings that somebody answers for, and adds what is amiss with the answers. */
export function review(root: IConstruct, problems: readonly Problem[], least: Severity): readonly Problem[] {
  const answers = [annotatedSuppressions(modelOf(root)), configuredSuppressions(root)];
  const suppressions = [...Suppressions._below(root), ...answers.flatMap(answer => answer.suppressions)];
  const malformed = answers.flatMap(answer => answer.malformed);
  if (suppressions.length === 0 && malformed.length === 0) return problems;

  const flawed = suppressions.flatMap(suppression => flawOf(suppression) ?? []);
  const sound = suppressions.filter(suppression => flawOf(suppression) === undefined);
  const byCode = grouped(sound);
  const used = new Set<Suppression>();
  const left = problems.filter(problem => {
    const covering = (byCode.get(problem.code) ?? []).filter(suppression => suppression.covers(problem));
    covering.forEach(suppression => used.add(suppression));
    return covering.length === 0;
  });
  if (least === Severity.ERROR) return left;
  const unused = sound.filter(suppression => !used.has(suppression) && wasLookedFor(suppression.code, least)).map(suppression => about(suppression, {
    code: CODES.unused,
    value: suppression.code,
    reason: 'no finding needs this suppression, so it would hide the next one that has nothing to do with its reason',
    fix: 'remove it',
  }));
  const unclear = malformed.map(({ origin: { construct, ...origin }, ...report }) =>
    toProblem(construct, { code: CODES.malformed, severity: Severity.WARNING, ...report, ...origin }));
  return [...left, ...flawed, ...unused, ...unclear];
}

function wasLookedFor(code: string, least: Severity): boolean {
  return isAtLeast(explanationOf(code)?.severity, least);
}

function flawOf(suppression: Suppression): Problem | undefined {
  const { code, reason } = suppression;
  if (explanationOf(code) === undefined) {
    const meant = codesOfPeer(code);
    return about(suppression, {
      code: CODES.unknownCode,
      value: code,
      reason: 'nothing is ever reported under this code, so nothing is suppressed',
      fix: meant.length > 0 ? `write ${meant.join(' or ')}, which reports the same` : 'write a code as it stands in front of the finding',
    });
  }
  if (reason.trim() !== '') return undefined;
  return about(suppression, {
    code: CODES.noReason,
    value: code,
    reason: 'the suppression has no reason, so it has no effect',
    fix: 'write why the finding does not matter here',
  });
}

function about({ origin: { construct, ...origin } }: Suppression, report: ProblemReport): Problem {
  return toProblem(construct, { severity: Severity.WARNING, ...report, ...origin });
}

function grouped(suppressions: readonly Suppression[]): Map<string, Suppression[]> {
  const found = new Map<string, Suppression[]>();
  for (const suppression of suppressions) found.set(suppression.code, [...found.get(suppression.code) ?? [], suppression]);
  return found;
}
