import { deployment } from '../../../lib/analysis/rules/hygiene/examples';
import { found } from '../found';

const inTemplate = (annotation: string) => deployment({})
  .replace('metadata: { labels: { app: checkout } }', `metadata:\n      labels: { app: checkout }\n      annotations:\n        ${annotation}`);

describe('values of annotations', () => {
  test.each([
    ['traffic.sidecar.istio.io/includeOutboundIPRanges: "*"', 0],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0/8,192.168.0.0/16', 0],
    ['traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0', 1],
    ['traffic.sidecar.istio.io/excludeOutboundIPRanges: "*"', 1],
    ['traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0/33', 1],
    ['traffic.sidecar.istio.io/excludeInboundPorts: "8080, 9090"', 0],
    ['traffic.sidecar.istio.io/excludeInboundPorts: "70000"', 1],
    ['sidecar.istio.io/interceptionMode: TPROXY', 0],
    ['sidecar.istio.io/interceptionMode: tproxy', 1],
    ['sidecar.istio.io/proxyCPU: 100m', 0],
    ['sidecar.istio.io/proxyMemory: much', 1],
    ['prometheus.istio.io/merge-metrics: "false"', 0],
    ['prometheus.istio.io/merge-metrics: "no"', 1],
    ['readiness.status.sidecar.istio.io/initialDelaySeconds: 5s', 1],
  ])('%s gives %d findings', (annotation, count) => {
    expect(found(inTemplate(annotation), 'SM0622')).toHaveLength(count);
  });
});

describe('names of annotations', () => {
  test('that are misspelled are led to the right one', () => {
    expect(found(inTemplate('sidecar.istio.io/proxyImages: a'), 'SM0620')).toMatchObject([{
      fix: 'did you mean sidecar.istio.io/proxyImage?',
      field: 'spec.template.metadata.annotations[sidecar.istio.io/proxyImages]',
    }]);
  });

  test('of others are nobody\'s business here', () => {
    expect(found(inTemplate('example.com/istio.io: a'), 'SM0620', 'SM0621')).toEqual([]);
  });

  test('on the Deployment itself belong into its template', () => {
    const text = deployment({}).replace('metadata: { name: checkout,', 'metadata: { annotations: { sidecar.istio.io/proxyCPU: 100m }, name: checkout,');
    expect(found(text, 'SM0621')).toMatchObject([{ fix: 'move it to spec.template.metadata.annotations' }]);
  });

  test('that are for a Service are right on a Service', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: shop, annotations: { networking.istio.io/exportTo: . } }\nspec: { ports: [{ name: http, port: 80 }] }\n';
    expect(found(service, 'SM0620', 'SM0621')).toEqual([]);
    expect(found(service.replace('networking.istio.io/exportTo: .', 'sidecar.istio.io/proxyCPU: 100m'), 'SM0621')).toHaveLength(1);
  });
});
