import { X509Certificate } from 'crypto';
import { gateways, podsOfGateway, serversOf } from './servers';
import { Severity } from '../../../../core/problem';
import { ModelObject } from '../../../model';
import { momentOf } from '../../../moment';
import { Rule, RuleContext } from '../../../rule';
import { Configuration, configurationsOf, fieldsOf, textOf } from '../../../workloads';

const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers:
    - port: { number: 443, name: https, protocol: HTTPS }
      tls: { mode: SIMPLE, credentialName: shop-tls }
      hosts: [shop.example.com]
`;

const certificate = (namespace: string) => `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: shop-tls, namespace: ${namespace} }
spec:
  secretName: shop-tls
  dnsNames: [shop.example.com]
  issuerRef: { kind: ClusterIssuer, name: letsencrypt }
`;

/** What a credential is looked for: its name may be followed by the namespace of another. */
interface Credential {
  readonly gateway: ModelObject;
  readonly field: string;
  readonly name: string;
  readonly namespaces: readonly string[];
}

export const credentialMissing: Rule = {
  code: 'SM0814',
  title: 'a gateway whose certificate is not where its pods are',
  explanation: 'credentialName names a Secret in the namespace of the gateway\'s pods, which is seldom the one of the Gateway. Without it the server answers no TLS handshake. '
    + 'Advice where the app writes no Secrets there, since certificates often come from elsewhere (istio pkg/config/analysis/analyzers/gateway/secret.go).',
  severity: Severity.WARNING,
  peers: ['IST0101'],
  example: { refused: `${GATEWAY}${certificate('shop')}`, accepted: `${GATEWAY}${certificate('istio-system')}` },
  check(context) {
    const configurations = configurationsOf(context.model);
    for (const { gateway, field, name, namespaces } of credentials(context)) {
      if (namespaces.every(namespace => configurations.find('Secret', namespace, name))) continue;
      const elsewhere = configurations.called('Secret', name)[0];
      const managed = namespaces.some(namespace => configurations.anyIn('Secret', namespace));
      context.report(gateway, {
        field,
        value: name,
        severity: elsewhere || managed ? Severity.WARNING : Severity.INFO,
        reason: `the app writes no Secret of this name in ${namespaces.join(' and ')}, where the gateway's pods are${elsewhere ? `; the one of ${elsewhere.object.path} is in ${elsewhere.namespace}` : ''}`,
        fix: elsewhere ? `move it to namespace ${namespaces[0]}` : `make sure that it is in namespace ${namespaces[0]}, for example by a Certificate of cert-manager there`,
      });
    }
  },
};

export const credentialUnusable: Rule = {
  code: 'SM0815',
  title: 'a gateway with a Secret that holds no certificate',
  explanation: 'Of the Secret Istio takes tls.crt and tls.key, or cert and key; both have to be there, and the certificate has to be PEM and valid. Whether '
    + 'it has ended is judged by `check` alone: what an app synthesizes must not depend on the clock (istio pilot/pkg/credentials/kube/secrets.go, pilot/pkg/xds/sds.go).',
  peers: ['IST0161'],
  example: {
    refused: `${GATEWAY}---
apiVersion: v1
kind: Secret
metadata: { name: shop-tls, namespace: istio-system }
stringData: { certificate: to be filled in }
`,
    accepted: `${GATEWAY}${certificate('istio-system')}`,
  },
  check(context) {
    const configurations = configurationsOf(context.model);
    for (const { gateway, field, name, namespaces } of credentials(context)) {
      for (const secret of namespaces.map(namespace => configurations.find('Secret', namespace, name))) {
        const reason = secret && secret.object.manifest.kind === 'Secret' ? flaw(secret, momentOf(context.model.root)) : undefined;
        if (reason === undefined) continue;
        context.report(gateway, {
          field,
          value: name,
          reason: `${secret!.object.path} ${reason}`,
          fix: 'write certificate and key as tls.crt and tls.key into a Secret of type kubernetes.io/tls, or have cert-manager do so',
        });
      }
    }
  },
};

function credentials(context: RuleContext): Credential[] {
  return gateways(context.model).flatMap(gateway => {
    const namespaces = podsOfGateway(context, gateway)?.namespaces ?? [];
    if (namespaces.length === 0) return [];
    return serversOf(gateway).flatMap(({ field, tls }) => {
      const written = textOf(tls.credentialName);
      if (written === undefined || written.includes('://')) return [];
      const [name, namespace] = written.split('/').reverse();
      return [{ gateway, field: `${field}.tls.credentialName`, name, namespaces: namespace ? [namespace] : namespaces }];
    });
  });
}

function flaw({ object, keys }: Configuration, now: Date | undefined): string | undefined {
  const pair = [['cert', 'key'], ['tls.crt', 'tls.key']].find(([certificateKey, key]) => keys!.has(certificateKey) && keys!.has(key));
  if (pair === undefined) return `has neither tls.crt and tls.key nor cert and key${keys!.size === 0 ? '' : `, but ${[...keys!].join(', ')}`}`;
  const [certificateKey, key] = pair;
  const pem = valueOf(object, certificateKey);
  if (pem === '' || valueOf(object, key) === '') return `leaves ${pem === '' ? certificateKey : key} empty`;
  try {
    const { validTo } = new X509Certificate(pem);
    return now && Date.parse(validTo) < now.getTime() ? `holds a certificate that ended on ${new Date(validTo).toISOString().slice(0, 10)}` : undefined;
  } catch {
    return `holds no certificate in ${certificateKey}`;
  }
}

function valueOf(secret: ModelObject, key: string): string {
  const plain = fieldsOf(secret.manifest.stringData)[key];
  if (typeof plain === 'string') return plain.trim();
  const encoded = fieldsOf(secret.manifest.data)[key];
  return typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8').trim() : '';
}
