import { Rule } from '../../rule';
import { textMapOf } from '../../values';

const MOST_BYTES = 1024 * 1024;

export const configMapSize: Rule = {
  code: 'SM0175',
  title: 'a ConfigMap or Secret that is too large',
  explanation: 'The values of a ConfigMap or Secret have at most 1 MiB together; the API server refuses more. Models and other large files belong into an image, which Knative mounts as a volume, or '
    + 'on a claim; then a new model is a new revision, with a canary and a way back, while a ConfigMap changes under running pods '
    + '(kubernetes pkg/apis/core/validation/validation.go, MaxSecretSize).',
  example: {
    refused: `apiVersion: v1
kind: ConfigMap
metadata: { name: model, namespace: shop }
data:
  weights: ${'A'.repeat(MOST_BYTES + 1)}
`,
    accepted: `apiVersion: v1
kind: ConfigMap
metadata: { name: model, namespace: shop }
data:
  version: "3"
`,
  },
  check(context) {
    for (const [kind, fields] of [['ConfigMap', ['data', 'binaryData']], ['Secret', ['data', 'stringData']]] as const) {
      for (const object of context.model.ofKind('', kind)) {
        const sizes = fields.flatMap(field => Object.entries(textMapOf(object.manifest[field])).map(([key, value]) => ({
          field: `${field}[${key}]`,
          // these are base64, and counted as what they stand for
          bytes: field === 'binaryData' || (field === 'data' && kind === 'Secret') ? Math.floor(value.replace(/[\s=]/g, '').length * 3 / 4) : Buffer.byteLength(value),
        })));
        const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
        if (total <= MOST_BYTES) continue;
        const largest = sizes.reduce((a, b) => a.bytes >= b.bytes ? a : b);
        context.report(object, {
          field: largest.field,
          value: `${total} bytes in all`,
          reason: `a ${kind} holds at most ${MOST_BYTES} bytes`,
          fix: 'put large files into an image and mount it (PodVolume.image()), or on a claim (PodVolume.persistentVolumeClaim())',
        });
      }
    }
  },
};
