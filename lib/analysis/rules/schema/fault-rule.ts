import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { Verdict, verdicts } from '../../schema/verdict';
import { Fault, Violation } from '../../schema/violation';

/** Faults of which Knative's webhooks say the same as the schema: they read what they get strictly. */
const READING: readonly Fault[] = ['type', 'unknown', 'missing'];

/** Where other checks of kube-linter than that of the schema say the same too. */
const LINTED: readonly (readonly [string, RegExp])[] = [
  ['invalid-target-ports', /(?:ontainers\[\d+\]\.ports\[\d+\]\.name|\bports\[\d+\]\.targetPort)$/],
  ['duplicate-env-var', /ontainers\[\d+\]\.env\[\d+\]$/],
];

/** A rule that reports what schemas have against objects, of one kind of fault. */
export function onFault(fault: Fault, rule: Omit<Rule, 'check'>): Rule {
  return {
    ...rule,
    general: true,
    intents: ['SM0005'],
    check: context => {
      for (const verdict of context.model.derived(verdicts)) {
        for (const violation of verdict.violations) {
          if (violation.fault === fault) context.report(verdict.object, findingOf(violation, verdict));
        }
      }
    },
  };
}

function findingOf(violation: Violation, verdict: Verdict): Finding {
  const { field, value, reason, fix, onlyApply } = violation;
  return {
    field,
    value,
    reason: onlyApply ? `${reason}; server-side apply refuses that, and otherwise the last one silently wins` : reason,
    fix,
    peers: peersOf(violation, verdict),
    ...onlyApply ? { severity: Severity.WARNING } : {},
  };
}

/** What other tools say of an object that its schema refuses. They do not look at metadata, and Istio's own check lets fields pass that it does not know. */
function peersOf({ fault, field }: Violation, { object, isCore }: Verdict): string[] | undefined {
  if (isCore) return ['schema-validation', ...LINTED.filter(([, place]) => place.test(field)).map(([check]) => check)];
  if (/^metadata\b/.test(field)) return undefined;
  if (isOf(object, 'istio.io')) return fault === 'unknown' ? undefined : ['IST0106'];
  return isOf(object, 'knative.dev') && READING.includes(fault) ? ['knative-validation'] : undefined;
}

function isOf({ group }: ModelObject, domain: string): boolean {
  return group.endsWith(`.${domain}`);
}
