import { isIP } from 'net';
import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, isGiven, textOf } from '../../workloads';

/** Beginnings of the names that Istio's charts give to their webhooks. */
const KINDS: readonly (readonly [kind: string, names: readonly string[]])[] = [
  ['ValidatingWebhookConfiguration', ['istiod-default-validator', 'istio-validator']],
  ['MutatingWebhookConfiguration', ['istio-sidecar-injector']],
];

export const controlPlaneAddress: Rule = {
  code: 'SM0633',
  title: 'webhook of Istio that does not say where istiod is',
  explanation: 'A webhook names a Service or a URL; of an external control plane it is a URL, and its certificate is mostly for a host name '
    + '(istio.io/latest/docs/setup/install/external-controlplane).',
  peers: ['IST0163', 'IST0164'],
  example: {
    refused: webhook(''),
    accepted: webhook('https://istiod.example.com:15017/validate'),
  },
  check(context) {
    for (const [kind, names] of KINDS) {
      for (const configuration of context.model.ofKind('admissionregistration.k8s.io', kind)) {
        if (!names.some(name => configuration.name?.startsWith(name))) continue;
        for (const { field, value } of entriesOf(configuration.manifest.webhooks, 'webhooks')) {
          const { url, service } = fieldsOf(value.clientConfig);
          const place = `${field}.clientConfig.url`;
          if (!isGiven(url)) {
            if (isGiven(service)) continue;
            context.report(configuration, { field: place, reason: 'it names neither a URL nor a Service', fix: 'write the URL of istiod', peers: ['IST0163'] });
            continue;
          }
          const host = hostOf(textOf(url) ?? '');
          if (host === undefined) {
            context.report(configuration, { field: place, value: url, reason: 'it is no URL', fix: 'write one such as https://istiod.example.com:15017/inject', peers: ['IST0163'] });
          } else if (isIP(host)) {
            context.report(configuration, {
              field: place,
              value: url,
              severity: Severity.INFO,
              reason: 'it is an address, and certificates are mostly for host names',
              fix: 'write the host name of istiod',
              peers: ['IST0164'],
            });
          }
        }
      }
    }
  },
};

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname.replace(/^\[|\]$/g, '');
  } catch {
    return undefined;
  }
}

function webhook(url: string): string {
  return `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: istio-validator-istio-system }
webhooks:
  - name: rev.validation.istio.io
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig:
      url: ${url}
`;
}
