import { Severity } from '../../../core/problem';
import { Rule } from '../../rule';
import { entriesOf, fieldsOf, labelsOf, textOf, Workload, workloadsOf } from '../../workloads';

const WASM = /^wasm32-(?:wasi|wagi)$/;

export const krustlet: Rule = {
  code: 'SM0913',
  title: 'WebAssembly by Krustlet',
  explanation: 'Nodes of architecture wasm32-wasi and wasm32-wagi were those of Krustlet, a kubelet for WebAssembly that nobody maintains. Today containerd runs WebAssembly by a shim that a '
    + 'RuntimeClass names, with SpinKube on top (github.com/krustlet/krustlet; spinkube.dev).',
  severity: Severity.WARNING,
  example: {
    refused: `apiVersion: v1
kind: Pod
metadata: { name: resize, namespace: shop }
spec:
  nodeSelector: { kubernetes.io/arch: wasm32-wasi }
  tolerations: [{ key: kubernetes.io/arch, operator: Equal, value: wasm32-wasi, effect: NoExecute }]
  containers: [{ name: resize, image: example.com/resize:1.2.0 }]
`,
    accepted: `apiVersion: core.spinkube.dev/v1alpha1
kind: SpinApp
metadata: { name: resize, namespace: shop }
spec:
  image: example.com/resize:1.2.0
  executor: containerd-shim-spin
  replicas: 2
`,
  },
  check(context) {
    for (const workload of workloadsOf(context.model).all) {
      const field = asks(workload);
      if (field === undefined) continue;
      context.report(workload.object, {
        field,
        reason: 'nodes of this architecture were those of Krustlet, which nobody maintains',
        fix: 'use a SpinApp of SpinKube, or runtimeClassName with a containerd shim for WebAssembly (Knative: flag kubernetes.podspec-runtimeclassname)',
      });
    }
  },
};

function asks({ spec, path }: Workload): string | undefined {
  const key = Object.entries(labelsOf(spec.nodeSelector)).find(([, value]) => WASM.test(value))?.[0];
  if (key !== undefined) return `${path}spec.nodeSelector[${key}]`;
  return entriesOf(spec.tolerations, `${path}spec.tolerations`).find(({ value }) => WASM.test(textOf(fieldsOf(value).value) ?? ''))?.field;
}
