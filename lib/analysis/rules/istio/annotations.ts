import { istioAnnotations, KNOWN } from './annotated';
import { ANY_KIND, ISTIO_ANNOTATIONS } from './annotation-table';
import { VALUE_CHECKS } from './annotation-values';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { nearest } from '../../schema/spelling';
import { Fields, fieldsOf, entriesOf } from '../../workloads';
import { deployment } from '../hygiene/examples';

/** Reported by the rule on injection, which knows more about it. */
const INJECTION = 'sidecar.istio.io/inject';

export const unknownAnnotation: Rule = {
  code: 'SM0620',
  title: 'annotation that Istio does not know',
  explanation: 'Nobody reads an annotation that is misspelled, and nobody says so (istio/api annotation/annotations.yaml).',
  severity: Severity.WARNING,
  peers: ['IST0108'],
  example: {
    refused: annotated('sidecar.istio.io/proxyCpu: 100m'),
    accepted: annotated('sidecar.istio.io/proxyCPU: 100m'),
  },
  check(context) {
    for (const { object, field, name } of istioAnnotations(context.model)) {
      if (ISTIO_ANNOTATIONS.has(name)) continue;
      const meant = nearest(name, KNOWN);
      context.report(object, {
        field,
        reason: 'Istio has no annotation of this name, so it does nothing',
        fix: meant === undefined ? 'remove it' : `did you mean ${meant}?`,
      });
    }
  },
};

export const misplacedAnnotation: Rule = {
  code: 'SM0621',
  title: 'annotation of Istio where nobody looks for it',
  explanation: 'What is meant for pods belongs into the template of a Deployment, not on the Deployment itself (istio/api annotation/annotations.yaml).',
  severity: Severity.WARNING,
  peers: ['IST0107'],
  example: {
    refused: deployment({}).replace('metadata: { name: checkout,', 'metadata: { annotations: { sidecar.istio.io/proxyCPU: 100m }, name: checkout,'),
    accepted: annotated('sidecar.istio.io/proxyCPU: 100m'),
  },
  check(context) {
    for (const { object, field, name, kind } of istioAnnotations(context.model)) {
      const kinds = ISTIO_ANNOTATIONS.get(name)?.kinds ?? [ANY_KIND];
      if (kinds.includes(ANY_KIND) || kinds.includes(kind)) continue;
      const inTemplate = kind === 'Deployment' && kinds.includes('Pod');
      context.report(object, {
        field,
        reason: `on a ${kind} it does nothing: Istio reads it on ${kinds.join(', ')}`,
        fix: inTemplate ? 'move it to spec.template.metadata.annotations' : `move it to the ${kinds[0]} that it is meant for, or remove it`,
      });
    }
  },
};

export const annotationValue: Rule = {
  code: 'SM0622',
  title: 'annotation of Istio with a value that it cannot read',
  explanation: 'The injector refuses a pod with such a value (istio pkg/kube/inject/validate.go).',
  peers: ['IST0125'],
  example: {
    refused: annotated('traffic.sidecar.istio.io/excludeOutboundPorts: redis'),
    accepted: annotated('traffic.sidecar.istio.io/excludeOutboundPorts: "6379"'),
  },
  check(context) {
    for (const { object, field, name, value, kind } of istioAnnotations(context.model)) {
      const flaw = kind === 'Pod' ? VALUE_CHECKS[name]?.(value) : undefined;
      if (flaw === undefined) continue;
      context.report(object, { field, value, reason: `the injector refuses pods with this value: ${flaw}`, fix: 'correct the value, or remove the annotation' });
    }
  },
};

export const deprecatedAnnotation: Rule = {
  code: 'SM0623',
  title: 'annotation of Istio that is on its way out',
  explanation: 'Istio still reads it, and may stop to (istio/api annotation/annotations.yaml).',
  severity: Severity.INFO,
  peers: ['IST0135'],
  example: {
    refused: annotated('sidecar.istio.io/statsInclusionPrefixes: cluster.outbound'),
    accepted: annotated('proxy.istio.io/config: "{proxyStatsMatcher: {inclusionPrefixes: [cluster.outbound]}}"'),
  },
  check(context) {
    for (const { object, field, name } of istioAnnotations(context.model)) {
      if (name === INJECTION || !ISTIO_ANNOTATIONS.get(name)?.deprecated) continue;
      context.report(object, { field, reason: 'the annotation is deprecated', fix: 'set it by proxy.istio.io/config or MeshConfig, if Istio\'s reference has it there' });
    }
  },
};

export const alphaAnnotation: Rule = {
  code: 'SM0624',
  title: 'annotation of Istio that may change at any time',
  explanation: 'Istio calls most of its annotations alpha: they may change or go with any release (istio/api annotation/annotations.yaml).',
  severity: Severity.INFO,
  peers: ['IST0136'],
  example: {
    refused: annotated('sidecar.istio.io/logLevel: debug'),
    accepted: annotated('proxy.istio.io/config: "{concurrency: 2}"'),
  },
  check(context) {
    for (const { object, field, name, kind } of istioAnnotations(context.model)) {
      if (!ISTIO_ANNOTATIONS.get(name)?.alpha || (kind === 'Pod' && writtenByInjection(name, fieldsOf(object.manifest.spec)))) continue;
      context.report(object, { field, reason: 'the annotation is alpha', fix: 'look at it again with every release of Istio' });
    }
  },
};

/** What the injector writes on pods itself where the CNI plug-in is installed. */
function writtenByInjection(name: string, spec: Fields): boolean {
  return ['sidecar.istio.io/interceptionMode', 'traffic.sidecar.istio.io/includeInboundPorts', 'traffic.sidecar.istio.io/excludeInboundPorts',
    'traffic.sidecar.istio.io/includeOutboundIPRanges'].includes(name)
    && Array.isArray(spec.containers) && !entriesOf(spec.initContainers, '').some(({ value }) => value.name === 'istio-init');
}

function annotated(annotation: string): string {
  return deployment({}).replace('metadata: { labels: { app: checkout } }', `metadata:\n      labels: { app: checkout }\n      annotations:\n        ${annotation}`);
}
