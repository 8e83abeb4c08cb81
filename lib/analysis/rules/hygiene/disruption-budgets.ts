import { deployment } from './examples';
import { onWorkloads } from './pods';
import { autoscalerOf, REPLICATED, writtenReplicas } from './scaling';
import { Severity } from '../../../core/problem';
import { ManifestModel, ModelObject } from '../../model';
import { Finding, Rule } from '../../rule';
import { fieldsOf, isGiven, labelSelector, numberOf, selects, selectsAll, Workload, workloadsOf } from '../../workloads';

const BUDGET = (spec: string) => `${deployment({ spec: 'replicas: 3' })}---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: checkout, namespace: shop }
spec: ${spec}
`;

/** A number of pods or a share of them. */
interface Amount {
  readonly value: number;
  readonly percent: boolean;
}

export const blockingBudget: Rule = {
  code: 'SM0741',
  title: 'disruption budget that lets no pod go',
  explanation: 'A budget that never lets a pod go stops every drain of a node, and with it upgrades of the cluster (Kubernetes documentation, disruption budgets).',
  severity: Severity.WARNING,
  peers: ['pdb-max-unavailable', 'pdb-min-available', 'pdbDisruptionsIsZero'],
  example: {
    refused: BUDGET('{ minAvailable: 3, selector: { matchLabels: { app: checkout } } }'),
    accepted: BUDGET('{ minAvailable: 2, selector: { matchLabels: { app: checkout } } }'),
  },
  check(context) {
    for (const budget of budgets(context.model)) {
      const { minAvailable, maxUnavailable } = fieldsOf(budget.manifest.spec);
      const [min, max] = [amountOf(minAvailable), amountOf(maxUnavailable)];
      if (max?.value === 0) {
        context.report(budget, {
          field: 'spec.maxUnavailable', value: maxUnavailable, reason: 'no pod may ever go', fix: 'let at least one go', peers: ['pdb-max-unavailable', 'pdbDisruptionsIsZero'],
        });
      }
      if (min?.percent && min.value === 100) {
        context.report(budget, {
          field: 'spec.minAvailable', value: minAvailable, reason: 'all pods have to stay', fix: 'let at least one go', peers: ['pdb-min-available', 'pdbDisruptionsIsZero'],
        });
      } else if (min) {
        for (const finding of tooMany(context.model, budget, min)) context.report(budget, { ...finding, peers: ['pdb-min-available'] });
      }
    }
  },
};

export const budgetAboveAutoscaler: Rule = {
  code: 'SM0742',
  title: 'disruption budget above what the autoscaler keeps',
  explanation: 'Where the autoscaler may go below what the budget wants, no pod may go any more (Kubernetes documentation, disruption budgets).',
  severity: Severity.WARNING,
  peers: ['pdbMinAvailableGreaterThanHPAMinReplicas'],
  example: {
    refused: `${BUDGET('{ minAvailable: 5, selector: { matchLabels: { app: checkout } } }').replace('replicas: 3', 'replicas: 6')}${autoscaler(2)}`,
    accepted: `${BUDGET('{ minAvailable: 1, selector: { matchLabels: { app: checkout } } }').replace('replicas: 3', 'replicas: 6')}${autoscaler(2)}`,
  },
  check(context) {
    for (const budget of budgets(context.model)) {
      const written = fieldsOf(budget.manifest.spec).minAvailable;
      const min = amountOf(written);
      if (!min) continue;
      for (const workload of guarded(context.model, budget)) {
        const scaler = autoscalerOf(context.model, workload);
        if (scaler?.min === undefined || pods(min, scaler.min) <= scaler.min) continue;
        context.report(budget, {
          field: 'spec.minAvailable',
          value: written,
          reason: `${scaler.object.manifest.kind} ${scaler.object.name} goes down to ${scaler.min}, and then no pod may go`,
          fix: 'want less than that, or keep more pods',
        });
      }
    }
  },
};

export const budgetMissing = onWorkloads({
  code: 'SM0743',
  title: 'workload without a disruption budget',
  explanation: 'Without a budget a drain of several nodes may take all pods of a workload at once (Kubernetes documentation, disruption budgets).',
  severity: Severity.INFO,
  peers: ['missingPodDisruptionBudget'],
  example: {
    refused: deployment({ spec: 'replicas: 3' }),
    accepted: BUDGET('{ maxUnavailable: 1, selector: { matchLabels: { app: checkout } } }'),
  },
  findings: (workload, model) => {
    if (workload.object.manifest.kind !== 'Deployment' || numberOf(fieldsOf(workload.object.manifest.spec).replicas) === 1) return [];
    return model.derived(guardedWorkloads).has(workload) ? [] : [{
      field: 'spec.template.metadata.labels',
      reason: 'no PodDisruptionBudget of the app selects its pods, so a drain may take them all at once',
      fix: 'write one with maxUnavailable: 1',
    }];
  },
});

export const unhealthyEviction: Rule = {
  code: 'SM0744',
  title: 'disruption budget that keeps pods which do not work',
  explanation: 'By default pods that are not ready count against the budget, so an application that is down stops drains too '
    + '(Kubernetes documentation, unhealthyPodEvictionPolicy).',
  severity: Severity.INFO,
  peers: ['pdb-unhealthy-pod-eviction-policy'],
  example: {
    refused: BUDGET('{ maxUnavailable: 1, selector: { matchLabels: { app: checkout } } }'),
    accepted: BUDGET('{ maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: { matchLabels: { app: checkout } } }'),
  },
  check(context) {
    for (const budget of budgets(context.model)) {
      if (isGiven(fieldsOf(budget.manifest.spec).unhealthyPodEvictionPolicy)) continue;
      context.report(budget, { field: 'spec.unhealthyPodEvictionPolicy', reason: 'pods that are not ready stop the drain of their node', fix: 'set it to AlwaysAllow' });
    }
  },
};

/** Also those of which the API group is wrong: that is said elsewhere, and what was meant is plain. */
function budgets(model: ManifestModel): ModelObject[] {
  return ['policy', ''].flatMap(group => [...model.ofKind(group, 'PodDisruptionBudget')]);
}

function tooMany(model: ManifestModel, budget: ModelObject, min: Amount): Finding[] {
  return guarded(model, budget).filter(({ object }) => REPLICATED.includes(object.manifest.kind)).flatMap(workload => {
    const written = writtenReplicas(workload);
    const count = written === 1 ? autoscalerOf(model, workload)?.min ?? written : written;
    if (count === 0 || count > pods(min, count)) return [];
    return [{
      field: 'spec.minAvailable',
      value: fieldsOf(budget.manifest.spec).minAvailable,
      reason: `${workload.object.manifest.kind} ${workload.name} has ${count} ${count === 1 ? 'pod' : 'pods'}, so none may ever go`,
      fix: 'want less than it has, or run more',
    }];
  });
}

/** Workloads whose pods a budget selects; where a workload's template has no labels, those of its selector, which have to be the same. */
function guarded(model: ManifestModel, budget: ModelObject): Workload[] {
  const selector = labelSelector(fieldsOf(budget.manifest.spec).selector);
  if (selectsAll(selector)) return [];
  const namespace = budget.namespace ?? 'default';
  const unlabelled = model.derived(withoutLabels).filter(workload => workload.namespace === namespace);
  return [...workloadsOf(model).selectedBy(selector, namespace), ...unlabelled.filter(({ object }) =>
    selects(selector, labelSelector(fieldsOf(object.manifest.spec).selector).matchLabels))];
}

function withoutLabels(model: ManifestModel): readonly Workload[] {
  return workloadsOf(model).all.filter(({ labels, complete }) => complete && Object.keys(labels).length === 0);
}

function guardedWorkloads(model: ManifestModel): Set<Workload> {
  return new Set(budgets(model).flatMap(budget => guarded(model, budget)));
}

function amountOf(value: unknown): Amount | undefined {
  if (typeof value === 'number') return { value, percent: false };
  const match = typeof value === 'string' ? /^(\d+)(%?)$/.exec(value) : null;
  return match ? { value: Number(match[1]), percent: match[2] === '%' } : undefined;
}

/** How many pods of a number an amount is, rounded up as Kubernetes does. */
function pods({ value, percent }: Amount, of: number): number {
  return percent ? Math.ceil(of * value / 100) : value;
}

function autoscaler(min: number): string {
  return `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: checkout, namespace: shop }
spec: { minReplicas: ${min}, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: checkout } }
`;
}
