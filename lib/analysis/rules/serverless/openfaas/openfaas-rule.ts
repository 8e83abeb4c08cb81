import { Finding, Rule } from '../../../rule';
import { Fields, fieldsOf } from '../../../values';

/** A rule that looks at one Function of OpenFaaS after the other. */
export interface OpenFaasRule extends Omit<Rule, 'check'> {
  findings(spec: Fields): Finding[];
}

export function onOpenFaasFunctions({ findings, ...rule }: OpenFaasRule): Rule {
  return {
    ...rule,
    check: context => context.model.ofKind('openfaas.com', 'Function').forEach(object => findings(fieldsOf(object.manifest.spec))
      .forEach(finding => context.report(object, finding))),
  };
}

/** A Function that is fine, with further fields of its spec. */
export function openFaasFunction(...fields: readonly string[]): string {
  return `apiVersion: openfaas.com/v1
kind: Function
metadata: { name: figlet, namespace: openfaas-fn }
spec:
  name: figlet
  image: ghcr.io/openfaas/figlet:0.1.0
${fields.map(field => `  ${field}\n`).join('')}`;
}
