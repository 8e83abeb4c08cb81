import { gateways, gatewaySelector, serversOf } from './servers';
import { Severity } from '../../../../core/problem';
import { ManifestModel, ModelObject } from '../../../model';
import { Rule } from '../../../rule';
import { addTo, Fields, textOf } from '../../../workloads';
import { firstFew, paths } from '../listing';

const gateway = (name: string, credential: string) => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      tls: { mode: SIMPLE, credentialName: ${credential} }
      hosts: [${name}.example.com]
`;

export const duplicateCertificate: Rule = {
  code: 'SM0817',
  title: 'one certificate for two gateways',
  explanation: 'Browsers send requests for a second host over a connection that they already have to a first one if the certificate covers both. The gateway of the first host '
    + 'does not know the second and answers 404 (istio pkg/config/analysis/analyzers/gateway/certificate.go; istio.io, ops/common-problems/network-issues).',
  severity: Severity.WARNING,
  peers: ['IST0138'],
  example: {
    refused: `${gateway('shop', 'wildcard-tls')}---\n${gateway('blog', 'wildcard-tls')}`,
    accepted: `${gateway('shop', 'shop-tls')}---\n${gateway('blog', 'blog-tls')}`,
  },
  check(context) {
    const holders = context.model.derived(certificateHolders);
    for (const object of gateways(context.model)) {
      const said = new Set<string>();
      for (const { field, tls } of serversOf(object)) {
        const certificate = certificateOf(tls);
        if (certificate === undefined || said.has(certificate)) continue;
        said.add(certificate);
        const others = firstFew(holders.get(certificate)!, other => other !== object && includes(object, other));
        if (others.length === 0) continue;
        context.report(object, {
          field: `${field}.tls`,
          value: textOf(tls.credentialName),
          reason: `${paths(others)} for the same pods ${others.length > 1 ? 'have' : 'has'} this certificate too, so browsers reuse a connection and get 404`,
          fix: 'write the hosts into one Gateway, or give each its own certificate',
        });
      }
    }
  },
};

function certificateHolders(model: ManifestModel): Map<string, ModelObject[]> {
  const holders = new Map<string, ModelObject[]>();
  for (const object of gateways(model)) {
    const certificates = new Set(serversOf(object).map(({ tls }) => certificateOf(tls)));
    for (const certificate of certificates) {
      if (certificate !== undefined) addTo(holders, certificate, object);
    }
  }
  return holders;
}

function certificateOf(tls: Fields): string | undefined {
  const credential = textOf(tls.credentialName);
  if (credential !== undefined) return `credential ${credential}`;
  const [certificate, key] = [textOf(tls.serverCertificate), textOf(tls.privateKey)];
  return certificate === undefined || key === undefined ? undefined : `files ${certificate} ${key}`;
}

/** Whether every pod of one gateway is one of the other, too. */
function includes(object: ModelObject, other: ModelObject): boolean {
  const labels = gatewaySelector(other).matchLabels;
  return Object.entries(gatewaySelector(object).matchLabels).every(([key, value]) => labels[key] === value);
}
