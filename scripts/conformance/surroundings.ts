import * as fs from 'fs';
import * as path from 'path';
import { Case } from './cases';
import { SourceFile } from '../../lib/analysis/reading';

/** Files with names of this beginning are what a case takes for granted: findings on them do not count. */
const ASSUMED = '(assumed) ';

/** Istio's default ingress gateway, as its chart installs it. */
const INGRESS_GATEWAY = `
apiVersion: v1
kind: Service
metadata: { name: istio-ingressgateway, namespace: istio-system, labels: { app: istio-ingressgateway, istio: ingressgateway } }
spec:
  type: LoadBalancer
  selector: { app: istio-ingressgateway, istio: ingressgateway }
  ports:
    - { name: http2, port: 80, targetPort: 80 }
    - { name: https, port: 443, targetPort: 443 }
    - { name: tcp, port: 31400, targetPort: 31400 }
    - { name: tls, port: 15443, targetPort: 15443 }
---
apiVersion: v1
kind: Pod
metadata: { name: istio-ingressgateway, namespace: istio-system, labels: { app: istio-ingressgateway, istio: ingressgateway } }
spec:
  containers:
    - name: istio-proxy
      image: auto
      ports: [{ containerPort: 80 }, { containerPort: 443 }, { containerPort: 31400 }, { containerPort: 15443 }]
`;

/** What a case takes for granted in the cluster. */
export function surroundings(test: Case, folder: string): SourceFile[] {
  const needs = test.needs ?? [];
  const namespaces = needs.filter(need => need.startsWith('namespaces:')).flatMap(need => need.slice('namespaces:'.length).split(','));
  const meshConfig = [
    // some are named and were not handed on
    ...test.meshConfig && fs.existsSync(path.join(folder, test.meshConfig)) ? [fs.readFileSync(path.join(folder, test.meshConfig), 'utf8')] : [],
    ...needs.filter(need => need.startsWith('mesh-config:')).map(need => need.slice('mesh-config:'.length).replace('=', ': ')),
  ];
  return [
    ...needs.includes('default-ingressgateway') ? [assumed('ingress gateway', INGRESS_GATEWAY)] : [],
    ...namespaces.map(name => assumed(`namespace ${name}`, JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))),
    ...meshConfig.map(mesh => assumed('mesh configuration', JSON.stringify({
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'istio', namespace: 'istio-system' }, data: { mesh },
    }))),
  ];
}

export function isAssumed(file: string | undefined): boolean {
  return file?.startsWith(ASSUMED) ?? false;
}

function assumed(name: string, text: string): SourceFile {
  return { name: `${ASSUMED}${name}.yaml`, text };
}
