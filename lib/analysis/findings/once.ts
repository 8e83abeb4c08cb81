import { isAtLeast, Problem, subjectOf, withPeers } from '../../core/problem';
import { rules } from '../discovery';
import { Rule } from '../rule';

/** A reason that stands for a finding which is left out. */
type StandIn = (left: Problem, other: Problem) => boolean;

/**
 * Findings with each mistake said once. What a rule on one field says in the words of its system stands for what the schema says of that
 * field; a value of the wrong type, for whatever is amiss inside of it; what a construct says of a property, for what a rule says of the
 * object that was made from it. The one that stays names the peers' codes of those that it stands for.
 */
export function once(problems: readonly Problem[]): readonly Problem[] {
  const known = new Map(rules().map(rule => [rule.code, rule]));
  const left = new Map<Problem, Problem>();
  const leaveOut = (problem: Problem, others: readonly Problem[], standsFor: StandIn): void => {
    if (left.has(problem)) return;
    const other = others.find(candidate => candidate !== problem && !left.has(candidate) && standsFor(problem, candidate));
    if (other) left.set(problem, other);
  };

  const bySubject = grouped(problems);
  const isGeneral = ({ code }: Problem) => known.get(code)?.general === true;
  for (const [subject, found] of bySubject) {
    for (const problem of found) {
      const rule = known.get(problem.code);
      if (!rule) continue;
      for (let at = subject; rule.intents && at; at = at?.node.scope) leaveOut(problem, bySubject.get(at) ?? [], asked(rule));
      if (isGeneral(problem)) leaveOut(problem, found, (general, other) => known.has(other.code) && !isGeneral(other) && saysBetter(other, general));
      else leaveOut(problem, found, (inner, other) => other.code === WRONG_TYPE && isInside(inner, other));
    }
  }
  return left.size === 0 ? problems : standIns(problems, left);
}

/** A value that has no fields to speak of. */
const WRONG_TYPE = 'SM0601';

function asked({ intents = [] }: Rule): StandIn {
  return (_, { code }) => intents.includes(code);
}

function saysBetter(other: Problem, general: Problem): boolean {
  if (!isAtLeast(other.severity, general.severity)) return false;
  const [place, field] = [general.field ?? '', other.field ?? ''];
  if (field === place) return true;
  const key = field.startsWith(`${place}.`) ? field.slice(place.length + 1) : '';
  // what excludes or needs a field is reported on what holds it
  return /^\w+$/.test(key) && new RegExp(`\\b${key}\\b`).test(general.reason);
}

function isInside(inner: Problem, outer: Problem): boolean {
  return outer.field !== undefined && ['.', '['].some(step => inner.field?.startsWith(outer.field + step));
}

function standIns(problems: readonly Problem[], left: ReadonlyMap<Problem, Problem>): Problem[] {
  const peers = new Map<Problem, string[]>();
  for (const problem of left.keys()) {
    let other = left.get(problem)!;
    while (left.has(other)) other = left.get(other)!;
    peers.set(other, [...peers.get(other) ?? [], ...problem.peers ?? []]);
  }
  return problems.filter(problem => !left.has(problem)).map(problem => withPeers(problem, peers.get(problem) ?? []));
}

function grouped(problems: readonly Problem[]): Map<ReturnType<typeof subjectOf>, Problem[]> {
  const found = new Map<ReturnType<typeof subjectOf>, Problem[]>();
  for (const problem of problems) {
    const subject = subjectOf(problem);
    const known = found.get(subject);
    if (known) known.push(problem);
    else found.set(subject, [problem]);
  }
  return found;
}
