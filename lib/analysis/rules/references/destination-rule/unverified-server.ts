import { destinationRules, isForSomeClients } from './rules-by-host';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { Finding, Rule } from '../../../rule';
import { Entry, entriesOf, Fields, fieldsAt, fieldsOf, textOf, textsOf } from '../../../workloads';

const SERVICE_ENTRY = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bank, namespace: shop }
spec:
  hosts: [api.bank.example]
  ports: [{ number: 443, name: https, protocol: HTTPS }]
  resolution: DNS
---
`;

const EXPLANATION = 'With TLS mode SIMPLE or MUTUAL and no caCertificates (nor a credentialName, which counts together with a workloadSelector) any certificate of a public CA is '
  + 'accepted. Its name is compared with the host unless sni is written down; then only with subjectAltNames, so that without those it is not compared at all '
  + '(istio pilot/pkg/networking/core/cluster_tls.go; pkg/config/analysis/analyzers/destinationrule/ca-certificates.go).';

export const unverifiedServer: Rule = {
  code: 'SM0821',
  title: 'TLS to a server without saying who vouches for it',
  explanation: EXPLANATION,
  severity: Severity.WARNING,
  peers: ['IST0128'],
  example: {
    refused: `${SERVICE_ENTRY}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bank, namespace: shop }
spec:
  host: api.bank.example
  trafficPolicy: { tls: { mode: SIMPLE, sni: api.bank.example } }
`,
    accepted: `${SERVICE_ENTRY}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bank, namespace: shop }
spec:
  host: api.bank.example
  trafficPolicy: { tls: { mode: SIMPLE, sni: api.bank.example, caCertificates: system, subjectAltNames: [api.bank.example] } }
`,
  },
  check(context) {
    for (const rule of destinationRules(context.model)) {
      const tls = fieldsAt(rule.manifest, 'spec', 'trafficPolicy', 'tls');
      if (!isUnverified(tls, rule)) continue;
      context.report(rule, { field: 'spec.trafficPolicy.tls', value: textOf(tls.mode), ...advice(tls) });
    }
  },
};

export const unverifiedServerAtPort: Rule = {
  code: 'SM0822',
  title: 'TLS at a port to a server without saying who vouches for it',
  explanation: EXPLANATION,
  severity: Severity.WARNING,
  peers: ['IST0129'],
  example: {
    refused: `${SERVICE_ENTRY}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bank, namespace: shop }
spec:
  host: api.bank.example
  trafficPolicy:
    portLevelSettings:
      - { port: { number: 443 }, tls: { mode: SIMPLE, sni: api.bank.example } }
`,
    accepted: `${SERVICE_ENTRY}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: bank, namespace: shop }
spec:
  host: api.bank.example
  trafficPolicy:
    portLevelSettings:
      - { port: { number: 443 }, tls: { mode: SIMPLE, sni: api.bank.example, caCertificates: system, subjectAltNames: [api.bank.example] } }
`,
  },
  check(context) {
    for (const rule of destinationRules(context.model)) {
      for (const { field, value } of portsOf(rule)) {
        const tls = fieldsOf(value.tls);
        if (isUnverified(tls, rule)) context.report(rule, { field: `${field}.tls`, value: textOf(tls.mode), ...advice(tls) });
      }
    }
  },
};

function advice(tls: Fields): Pick<Finding, 'severity' | 'reason' | 'fix'> {
  const fix = 'add caCertificates (system for the CAs of the proxy\'s image, or a path) and subjectAltNames with the names of the server';
  if (tls.insecureSkipVerify === true) return { reason: 'insecureSkipVerify accepts every certificate, so whoever stands in between can read along', fix };
  if (textOf(tls.sni) !== undefined && textsOf(tls.subjectAltNames).length === 0) {
    return { reason: 'with sni and without subjectAltNames the name in the certificate is not compared, so any certificate of a public CA passes', fix };
  }
  return { severity: Severity.INFO, reason: 'nothing says which CA the certificate of the server has to come from, so that of any public one passes', fix };
}

function portsOf(rule: ModelObject): Entry[] {
  return entriesOf(fieldsAt(rule.manifest, 'spec', 'trafficPolicy').portLevelSettings, 'spec.trafficPolicy.portLevelSettings');
}

function isUnverified(tls: Fields, rule: ModelObject): boolean {
  if (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') return false;
  if (tls.insecureSkipVerify === true) return true;
  return textOf(tls.caCertificates) === undefined && !(textOf(tls.credentialName) !== undefined && isForSomeClients(rule));
}
