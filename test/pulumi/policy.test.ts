import * as policy from '@pulumi/policy';
import { Chart } from 'cdk8s';
import { run } from './recorded';
import { ServerlessService } from '../../lib';
import { deploy, PulumiApp, stackPolicy, StackPolicyOptions } from '../../lib/pulumi';

interface Resource { readonly type: string; readonly props: Record<string, unknown>; readonly urn: string }

const urn = (name: string) => `urn:pulumi:dev::shop::kubernetes:x::${name}`;

function service(spec: Record<string, unknown>): Resource {
  return {
    type: 'kubernetes:serving.knative.dev/v1:Service',
    urn: urn('Service/shop/orders'),
    props: {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: { name: 'orders', namespace: 'shop', uid: '1', managedFields: [], annotations: { 'pulumi.com/waitFor': 'condition=Ready' } },
      spec: { template: { spec: { containers: [{ image: 'registry.example.com/orders:1.0.0', ...spec }] } } },
      status: { url: 'https://orders' },
    },
  };
}

function reported(resources: readonly Resource[], options?: StackPolicyOptions): { message: string; urn?: string }[] {
  const found: { message: string; urn?: string }[] = [];
  stackPolicy(options).validateStack({ resources }, (message, at) => found.push({ message, urn: at }));
  return found;
}

test('is a policy that a pack takes', () => {
  const pack = (): policy.Policies => [stackPolicy()];
  expect(pack()[0]).toMatchObject({ name: 'serverless-mesh', enforcementLevel: 'mandatory' });
});

test('reports what is wrong in hand-written objects, at the object', () => {
  const found = reported([service({ ports: [{ containerPort: 8012 }] })]);
  expect(found).toEqual([expect.objectContaining({ urn: urn('Service/shop/orders') })]);
  expect(found[0].message).toMatch(/^\[Service\/shop\/orders\] SM01\d\d spec\.template\.spec\.containers\[0\]\.ports\[0\]\.containerPort = 8012/);
});

test('sees across objects', () => {
  const trigger = {
    type: 'kubernetes:eventing.knative.dev/v1:Trigger',
    urn: urn('Trigger/shop/orders'),
    props: {
      apiVersion: 'eventing.knative.dev/v1',
      kind: 'Trigger',
      metadata: { name: 'orders', namespace: 'shop' },
      spec: { broker: 'default', subscriber: { ref: { apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'oders', namespace: 'shop' } } },
    },
  };
  expect(reported([service({}), trigger], { least: 'warning' as StackPolicyOptions['least'] }).filter(({ message }) => message.includes('"oders"'))).toHaveLength(1);
});

test('has nothing to say of what the constructs make, nor of what a cluster and Pulumi add', async () => {
  const { objects } = await run(() => {
    const chart = new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
    new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:1.0.0' });
    deploy(chart);
  });
  expect(reported(objects.map(({ type, name, inputs }) => ({ type, urn: urn(name), props: inputs })))).toEqual([]);
  expect(reported([service({})])).toEqual([]);
});

test('leaves resources of other clouds alone', () => {
  expect(reported([{ type: 'aws:s3/bucket:Bucket', urn: urn('bucket'), props: { bucket: 'x' } }])).toEqual([]);
});
