import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Autoscaling, ServerlessService, ServicePort } from '../../lib';
import { Json, problems, shopChart } from '../support';

describe('bad input', () => {
  test('is refused by synth with all problems at once, each with path, field, value, reason and fix', () => {
    const app = new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), 'bad-input-')) });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const service = new ServerlessService(chart, 'checkout', {
      image: '',
      port: ServicePort.http1(8012),
      env: { PORT: kplus.EnvValue.fromValue('8012') },
      autoscaling: Autoscaling.concurrency(20, { min: 5, max: 2 }),
    });
    service.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/ports/-', { containerPort: 9000 }));

    const message = synthError(app);
    const at = '[shop/checkout]';
    const spec = 'spec.template.spec.containers[0]';
    expect(message).toContain(`${at} SM0102 ${spec}.image = "": the container has no image. Fix: name the image`);
    expect(message).toContain(`${at} SM0105 spec.template.spec.containers[*].ports = [8012,9000]: a pod takes requests on one port, and 2 are declared`);
    expect(message).toContain(`${at} SM0106 ${spec}.ports[0].containerPort = 8012: the queue-proxy in the same pod uses this port for requests over HTTP/1. Fix: let`);
    expect(message).toContain(`${at} SM0110 ${spec}.env[0].name = "PORT": PORT is set by Knative itself. Fix: drop it and name the port in ports`);
    expect(message).toContain(`${at} SM0118 spec.template.metadata.annotations[autoscaling.knative.dev/max-scale] = "2": at most 2 pods cannot be at least 5`);
  });

  test('is refused in hand-written objects as in constructs', () => {
    const chart = shopChart();
    new ApiObject(chart, 'raw', {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'raw' },
      spec: { template: { spec: { containers: [{ image: 'a1:1', ports: [{ containerPort: 8012 }] }] } } },
    });
    expect(problems(chart, 'SM0106')).toMatchObject([{ path: 'chart/raw', value: '8012', peers: ['knative-validation'] }]);
  });

  test('that a patch brings in is refused, and what a patch mends is not', () => {
    const chart = shopChart();
    const broken = new ServerlessService(chart, 'broken', { image: 'registry.example.com/app:1' });
    broken.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/affinity', {}));
    const mended = new ServerlessService(chart, 'mended', { image: 'registry.example.com/app:1', port: ServicePort.http1(8012) });
    mended.apiObject.addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/ports/0/containerPort', 8080));
    expect(problems(chart)).toMatchObject([{ code: 'SM0129', path: 'chart/broken', field: 'spec.template.spec.affinity' }]);
  });

  test('that only warns does not stop synth', () => {
    const chart = shopChart();
    new ServerlessService(chart, 'checkout', { image: 'nginx:latest' });
    expect(problems(chart)).toMatchObject([{ code: 'SM0104' }]);
    expect(() => (chart.node.root as App).synthYaml()).not.toThrow();
  });
});

function synthError(app: App): string {
  try {
    app.synth();
  } catch (error) {
    return (error as Json).message;
  }
  throw new Error('synth went through');
}
