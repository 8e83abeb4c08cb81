import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { fieldsOf } from '../../workloads';

const SECRET_KEY = /^AWS_SECRET_ACCESS_KEY$|^GOOGLE_APPLICATION_CREDENTIALS$|^AZURE_.+KEY$|^OCI_CLI_KEY_CONTENT$|password|token|bearer|secret/i;
// says which Secret holds it, as `auth.secret.ref.name` of a Kafka broker does
const NAMES_A_SECRET = /(\.ref\.name|secret[-_.]?(name|ref))$/i;
const PRIVATE_KEY = /-BEGIN\s+.*PRIVATE KEY-/i;

export const sensitiveConfigMap: Rule = {
  code: 'SM0728',
  title: 'ConfigMap that seems to hold a secret',
  explanation: 'A ConfigMap is not encrypted at rest, and many may read ConfigMaps who may not read Secrets (Kubernetes documentation, ConfigMaps).',
  severity: Severity.INFO,
  peers: ['sensitiveConfigmapContent'],
  example: {
    refused: `
apiVersion: v1
kind: ConfigMap
metadata: { name: checkout, namespace: shop }
data: { db-password: swordfish }
`,
    accepted: `
apiVersion: v1
kind: Secret
metadata: { name: checkout, namespace: shop }
stringData: { db-password: swordfish }
`,
  },
  check(context) {
    for (const object of context.model.ofKind('', 'ConfigMap')) {
      for (const [key, value] of Object.entries(fieldsOf(object.manifest.data))) {
        const privateKey = typeof value === 'string' && PRIVATE_KEY.test(value);
        if (!privateKey && (!SECRET_KEY.test(key) || NAMES_A_SECRET.test(key))) continue;
        context.report(object, {
          field: `data[${key}]`,
          reason: privateKey ? 'it holds a private key' : 'its key says that it holds a secret',
          fix: 'put it into a Secret',
        });
      }
    }
  },
};
