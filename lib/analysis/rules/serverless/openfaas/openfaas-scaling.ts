import { onOpenFaasFunctions, openFaasFunction } from './openfaas-rule';
import { Finding } from '../../../rule';
import { numberOf, scalarMapOf } from '../../../values';
import { parseDuration } from '../go-values';

const PREFIX = 'com.openfaas.scale.';

export const openFaasScaling = onOpenFaasFunctions({
  code: 'SM0172',
  title: 'scaling labels that OpenFaaS cannot read',
  explanation: 'Replicas are whole numbers, at least 1 and the least no more than the most; going to zero is a switch of its own, with a duration of Go. What cannot be read is ignored '
    + '(docs.openfaas.com/architecture/autoscaling; openfaas/faas-netes pkg/handlers/validate.go).',
  example: {
    refused: openFaasFunction('labels: { com.openfaas.scale.min: "5", com.openfaas.scale.max: "2" }'),
    accepted: openFaasFunction('labels: { com.openfaas.scale.min: "2", com.openfaas.scale.max: "5", com.openfaas.scale.zero: "true", com.openfaas.scale.zero-duration: 15m }'),
  },
  findings: spec => {
    const labels = scalarMapOf(spec.labels);
    const [min, max] = [labels[`${PREFIX}min`], labels[`${PREFIX}max`]];
    return [
      ...bad(labels, 'min', text => (numberOf(text) ?? 0) >= 1, 'a function has at least 1 pod while it takes requests', 'write a whole number from 1, and com.openfaas.scale.zero: "true" to go to zero'),
      ...bad(labels, 'max', text => (numberOf(text) ?? 0) >= 1, 'the most pods are a whole number, at least 1', 'write a whole number from 1'),
      ...bad(labels, 'target', text => Number(text) > 0, 'the load per pod is a number above 0', 'write a number'),
      ...bad(labels, 'target-proportion', text => Number(text) > 0 && Number(text) <= 1, 'the share of the target is above 0 and at most 1', 'write 0.9 for 90 percent'),
      ...bad(labels, 'zero', text => text === 'true' || text === 'false', 'it is a switch', 'write true or false'),
      ...bad(labels, 'zero-duration', text => (parseDuration(text) ?? 0) > 0, 'the time before the last pod goes is a duration of Go', 'write 15m for 15 minutes'),
      ...min !== undefined && max !== undefined && Number(min) > Number(max)
        ? [{ field: field('min'), value: min, reason: `the fewest pods are more than the most (${max})`, fix: 'lower the one or raise the other' }] : [],
    ];
  },
});

function bad(labels: Record<string, string>, key: string, holds: (text: string) => boolean, reason: string, fix: string): Finding[] {
  const text = labels[PREFIX + key];
  return text === undefined || holds(text) ? [] : [{ field: field(key), value: text, reason, fix }];
}

function field(key: string): string {
  return `spec.labels[${PREFIX}${key}]`;
}
