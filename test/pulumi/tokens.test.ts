import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { ConfigMap, EnvValue } from 'cdk8s-plus-28';
import { run } from './recorded';
import { Autoscaling, HashedConfigMap, ServerlessService } from '../../lib';
import { deploy, fromPulumi, map, PulumiApp } from '../../lib/pulumi';

function shop(): Chart {
  return new Chart(new PulumiApp(), 'shop', { namespace: 'shop' });
}

function configMap(scope: Chart, data: { [key: string]: string }): ConfigMap {
  return new ConfigMap(scope, 'settings', { metadata: { name: 'settings' }, data });
}

/** What the program is refused with. */
async function refusal(program: () => void): Promise<string> {
  let message = '';
  const { objects } = await run(() => {
    try {
      program();
    } catch (e) {
      ({ message } = e as Error);
    }
  });
  expect(objects).toEqual([]);
  return message;
}

describe('outputs as properties', () => {
  test('take the place of their tokens in texts, numbers, annotations, lists and maps', async () => {
    const { object } = await run(() => {
      const chart = shop();
      new ServerlessService(chart, 'orders', {
        image: fromPulumi.string(pulumi.output('registry.example.com/orders:1.0.0')),
        containerConcurrency: fromPulumi.number(pulumi.output(40)),
        autoscaling: Autoscaling.concurrency(fromPulumi.number(pulumi.output(25))),
        args: ['--verbose', ...fromPulumi.list(pulumi.output(['--region', 'eu']))],
        env: { URL: EnvValue.fromValue(`https://${fromPulumi.string(pulumi.output('db.example.com'))}:${fromPulumi.number(pulumi.output(5432))}/orders`) },
        templateLabels: { team: 'shop', ...fromPulumi.map(pulumi.output({ tier: 'gold', zone: 'a' })) },
      });
      deploy(chart);
    }).then(recorded => ({ object: recorded.object('Service/shop/orders').inputs }));
    const { metadata, spec } = object.spec.template;
    expect(spec.containers[0]).toMatchObject({
      image: 'registry.example.com/orders:1.0.0',
      args: ['--verbose', '--region', 'eu'],
      env: [{ name: 'URL', value: 'https://db.example.com:5432/orders' }],
    });
    expect(spec.containerConcurrency).toBe(40);
    expect(metadata.annotations['autoscaling.knative.dev/target']).toBe('25');
    expect(metadata.labels).toMatchObject({ team: 'shop', tier: 'gold', zone: 'a' });
  });

  test('that are plain values stay what they are', async () => {
    expect(fromPulumi.string('a')).toBe('a');
    expect(fromPulumi.number(3)).toBe(3);
    expect(fromPulumi.list(['a', 'b'])).toEqual(['a', 'b']);
    expect(fromPulumi.map({ a: 'b' })).toEqual({ a: 'b' });
    expect(map('abc', text => text.toUpperCase())).toBe('ABC');
  });

  test('are changed by map once they are known', async () => {
    const recorded = await run(() => {
      const chart = shop();
      const password = fromPulumi.string(pulumi.output('hunter2'));
      configMap(chart, { encoded: map(`user:${password}`, text => Buffer.from(text).toString('base64')) });
      deploy(chart);
    });
    expect(recorded.object('ConfigMap/shop/settings').inputs.data).toEqual({ encoded: Buffer.from('user:hunter2').toString('base64') });
  });

  test('that are secret stay secret', async () => {
    const secrets: boolean[] = [];
    await run(() => {
      const chart = shop();
      configMap(chart, { text: `a ${fromPulumi.string(pulumi.secret('hunter2'))}`, plain: 'b' });
      const stack = deploy(chart);
      for (const key of ['text', 'plain']) {
        const field = pulumi.output((stack.all[0] as unknown as { data: pulumi.Output<Record<string, string>> }).data).apply(data => data[key]);
        void pulumi.isSecret(field).then(secret => secrets.push(secret));
      }
    });
    // mocks return the data as one output, and one secret in it makes all of it secret, as a provider's answer does
    expect(secrets).toContain(true);
  });

  test('are asked for a name in a sentence when they stand in one', async () => {
    const message = await refusal(() => {
      const chart = shop();
      new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: fromPulumi.string(pulumi.output('settings')) } });
      deploy(chart);
    });
    expect(message).toContain('[shop/map] SM1404 metadata.name: an output of Pulumi is part of what identifies the object');
  });
});

describe('outputs that would not arrive', () => {
  const damages: [string, (token: string) => string][] = [
    ['in lower case', token => token.toLowerCase()],
    ['in upper case', token => token.toUpperCase()],
    ['in base64', token => Buffer.from(token).toString('base64')],
    ['in base64 behind other text', token => Buffer.from(`user:${token}`).toString('base64')],
    ['in base64 behind yet other text', token => Buffer.from(`ab${token}`).toString('base64')],
    ['in hex', token => Buffer.from(token).toString('hex')],
    ['cut at the end', token => token.slice(0, -2)],
    ['cut in the middle', token => token.slice(0, 9)],
  ];

  test.each(damages)('are refused %s', async (_, damage) => {
    const message = await refusal(() => {
      const chart = shop();
      configMap(chart, { value: damage(fromPulumi.string(pulumi.output('x'))) });
      deploy(chart);
    });
    expect(message).toContain('SM1401 data.value: an output of Pulumi does not arrive here');
    expect(message).toContain('map(token, value => ...)');
  });

  test.each([
    ['plus one', (n: number) => n + 1], ['minus three', (n: number) => n - 3],
  ])('are refused as numbers %s', async (_, change) => {
    const message = await refusal(() => {
      const chart = shop();
      new ServerlessService(chart, 'orders', { image: 'registry.example.com/orders:1.0.0', containerConcurrency: change(fromPulumi.number(pulumi.output(40))) });
      deploy(chart);
    });
    expect(message).toContain('SM1401 spec.template.spec.containerConcurrency: an output of Pulumi does not arrive here');
  });

  test.each([
    ['a hash', () => { void fromPulumi.string(pulumi.output('x')).length.toString(36); }],
    ['twice as much', () => { void (fromPulumi.number(pulumi.output(4)) * 2); }],
  ])('are refused when they only went into %s', async (_, lose) => {
    const message = await refusal(() => {
      const chart = shop();
      configMap(chart, { value: 'a' });
      lose();
      deploy(chart);
    });
    expect(message).toMatch(/SM1402 the output passed to fromPulumi\.(string|number) at tokens\.test\.ts:\d+ reaches no manifest/);
  });

  test('are refused in content that makes a name', async () => {
    const message = await refusal(() => {
      const chart = shop();
      new HashedConfigMap(chart, 'settings', { data: { url: fromPulumi.string(pulumi.output('x')), plain: 'a' } });
      deploy(chart);
    });
    expect(message).toContain('[shop/settings] SM1409 data.url: an output of Pulumi is part of the content');
  });

  test('may belong to another app', async () => {
    const { objects } = await run(() => {
      const chart = shop();
      configMap(chart, { value: 'a' });
      fromPulumi.string(pulumi.output('x'));
      deploy(chart, { ignoreUnusedOutputs: true });
    });
    expect(objects).toHaveLength(1);
  });
});

describe('outputs that were passed as they are', () => {
  // what a JavaScript program would do; the compiler refuses it
  const raw = <T>(value: T): T => pulumi.output(value) as unknown as T;

  test.each<[string, string, (chart: Chart) => void]>([
    ['as a property', 'image', chart => new ServerlessService(chart, 'orders', { image: raw('registry.example.com/orders:1.0.0') })],
    ['in a struct', 'spec.type', chart => new ApiObject(chart, 'orders', { apiVersion: 'v1', kind: 'Service', spec: { type: raw('ClusterIP'), ports: [{ port: 80 }] } })],
    ['in a list', 'spec.ports.0.port', chart => new ApiObject(chart, 'orders', { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: raw(80) }] } })],
    ['as a whole list', 'spec.ports', chart => new ApiObject(chart, 'orders', { apiVersion: 'v1', kind: 'Service', spec: { ports: raw([{ port: 80 }]) } })],
    ['in a text', 'data.url', chart => new ApiObject(chart, 'orders', { apiVersion: 'v1', kind: 'ConfigMap', data: { url: `https://${raw('db')}/` } })],
  ])('are refused %s', async (_, field, build) => {
    const message = await refusal(() => {
      const chart = shop();
      build(chart);
      deploy(chart);
    });
    expect(message).toContain(`[shop/orders] SM1400 ${field}: `);
    expect(message).toContain('fromPulumi.string(output)');
  });
});

describe('an app with outputs', () => {
  test('refuses to be written as YAML', async () => {
    const app = new PulumiApp();
    configMap(new Chart(app, 'shop', { namespace: 'shop' }), { value: fromPulumi.string(pulumi.output('x')) });
    expect(() => app.synthYaml()).toThrow(/\[shop\/settings\/Resource\] SM1403 the output passed to fromPulumi\.string at tokens\.test\.ts:\d+ is known only when it is deployed/);
  });

  test('is judged in all that is known', async () => {
    const message = await refusal(() => {
      const chart = shop();
      const orders = new ServerlessService(chart, 'orders', { image: fromPulumi.string(pulumi.output('x')) });
      orders.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/containerConcurency', 1));
      deploy(chart);
    });
    expect(message).toContain('SM0602 spec.template.spec.containerConcurency');
    expect(message).toContain('1 error');
  });
});
