import { InjectionWebhook, injectionWebhooks, isCalled } from './webhooks';
import { Severity } from '../../../../core/problem';
import { isForeign } from '../../../hosts';
import { Rule } from '../../../rule';
import { fieldsAt, fieldsOf, isGiven, Labels, labelSelector, labelsOf, servicesOf, textOf } from '../../../workloads';
import { listing } from '../listing';

const REVISION = 'istio.io/rev';

const webhook = (name: string, namespaceSelector: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: ${name} }
webhooks:
  - name: ${name}.sidecar-injector.istio.io
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: { service: { name: istiod, namespace: istio-system, path: /inject } }
    namespaceSelector: ${namespaceSelector}
`;

const ISTIOD = `apiVersion: v1
kind: Service
metadata: { name: istiod, namespace: istio-system }
spec:
  selector: { app: istiod }
  ports: [{ name: https-webhook, port: 443, targetPort: 15017 }]
---
`;

export const overlappingWebhooks: Rule = {
  code: 'SM0877',
  title: 'two injectors for one pod',
  explanation: 'Where two webhooks of Istio are called for the same pod, it gets two sidecars or none that works. One whose Service is not there is not called at all '
    + '(istio pkg/config/analysis/analyzers/webhook/webhook.go).',
  severity: Severity.WARNING,
  peers: ['IST0139'],
  example: {
    refused: `${ISTIOD}${webhook('a', '{ matchLabels: { istio-injection: enabled } }')}---\n${webhook('b', '{ matchExpressions: [{ key: istio-injection, operator: NotIn, values: [disabled] }] }')}`,
    accepted: `${ISTIOD}${webhook('a', '{ matchLabels: { istio-injection: enabled } }')}---\n${webhook('b', `{ matchLabels: { ${REVISION}: canary }, matchExpressions: [{ key: istio-injection, operator: DoesNotExist }] }`)}`,
  },
  check(context) {
    const webhooks = injectionWebhooks(context.model);
    for (const candidate of webhooks) {
      const rivals = webhooks.filter(other => other !== candidate && bothCalled(candidate, other, revisionsOf(webhooks)));
      if (rivals.length > 0) {
        context.report(candidate.object, {
          field: candidate.field,
          value: candidate.name,
          reason: `${listing(rivals.map(({ object, name }) => `${name} of ${object.path}`))} ${rivals.length > 1 ? 'are' : 'is'} called for some of the same pods`,
          fix: 'tell them apart by namespaceSelector and objectSelector, one for each value of istio.io/rev',
        });
      }
      const service = fieldsAt(candidate.value, 'clientConfig', 'service');
      const [name, namespace] = [textOf(service.name), textOf(service.namespace)];
      if (name === undefined || namespace === undefined || servicesOf(context.model).find(namespace, name)) continue;
      context.report(candidate.object, {
        field: `${candidate.field}.clientConfig.service`,
        value: `${namespace}/${name}`,
        severity: isForeign(namespace, context.profile(candidate.object)) ? Severity.INFO : Severity.WARNING,
        reason: 'the app writes no Service of this name into that namespace',
        fix: 'name the Service of istiod',
      });
    }
  },
};

/** Whether there are labels of a namespace and of a pod for which both are called: those that Istio's own webhooks look at. */
function bothCalled(a: InjectionWebhook, b: InjectionWebhook, revisions: readonly string[]): boolean {
  const namespaces = variants('istio-injection', ['enabled', 'disabled'], revisions);
  const pods = variants('sidecar.istio.io/inject', ['true', 'false'], revisions);
  return namespaces.some(namespace => pods.some(pod => isCalled(a, namespace, pod) && isCalled(b, namespace, pod)));
}

function variants(key: string, values: readonly string[], revisions: readonly string[]): Labels[] {
  const injection: Labels[] = [{}, ...values.map(value => ({ [key]: value }))];
  return injection.flatMap(labels => [labels, ...revisions.map(revision => ({ ...labels, [REVISION]: revision }))]);
}

function revisionsOf(webhooks: readonly InjectionWebhook[]): string[] {
  return [...new Set(webhooks.flatMap(({ object, value }) => {
    const selectors = [value.namespaceSelector, value.objectSelector].filter(isGiven).map(selector => labelSelector(fieldsOf(selector)));
    const asked = selectors.flatMap(selector => [
      selector.matchLabels[REVISION],
      ...selector.matchExpressions.filter(({ key }) => key === REVISION).flatMap(({ values }) => values),
    ]);
    return [labelsOf(object.manifest.metadata.labels)[REVISION], ...asked];
  }))].filter(revision => revision !== undefined);
}
