import { CONTAINER, findings, object, only, Parts, service } from './rules';
import { ServingFeature } from '../../lib';

/** What a part of a Service gets refused for: code, field, and words of the reason. */
type Case = [what: string, parts: Parts, code: string, field: string, reason: RegExp];

const POINTED_OUT: Case[] = [
  ['no container', { spec: { containers: [] } }, 'SM0101', 'spec.template.spec.containers', /nothing to run/],
  ['containers that are no list', { spec: { containers: 'web' } }, 'SM0101', 'spec.template.spec.containers', /nothing to run/],
  ['no image', { container: { image: undefined } }, 'SM0102', `${CONTAINER}.image`, /no image/],
  ['an empty image', { container: { image: '' } }, 'SM0102', `${CONTAINER}.image`, /no image/],
  ['an image reference with a blank', { container: { image: 'my image:1' } }, 'SM0103', `${CONTAINER}.image`, /cannot be read/],
  ['the image tag latest', { container: { image: 'nginx:latest' } }, 'SM0104', `${CONTAINER}.image`, /by the tag latest/],
  ['an image without a tag', { container: { image: 'registry.example.com:5000/nginx' } }, 'SM0104', `${CONTAINER}.image`, /without a tag/],
  ['two ports', { container: { ports: [{ containerPort: 8080 }, { containerPort: 9000 }] } }, 'SM0105', 'spec.template.spec.containers[*].ports', /2 are declared/],
  ['two containers without a port', { spec: { containers: [{ name: 'a', image: 'a1:1' }, { name: 'b', image: 'b1:1' }] } },
    'SM0105', 'spec.template.spec.containers[*].ports', /none declares a port/],
  ['a port beyond 65535', { container: { ports: [{ containerPort: 70000 }] } }, 'SM0106', `${CONTAINER}.ports[0].containerPort`, /from 0 to 65535/],
  ['a port in words', { container: { ports: [{ containerPort: '8080' }] } }, 'SM0106', `${CONTAINER}.ports[0].containerPort`, /whole number/],
  ['the port of Knative\'s TLS', { container: { ports: [{ containerPort: 8112 }] } }, 'SM0107', `${CONTAINER}.ports[0].containerPort`, /system-internal-tls/],
  ['a port named http', { container: { ports: [{ name: 'http', containerPort: 8080 }] } }, 'SM0108', `${CONTAINER}.ports[0].name`, /what is spoken/],
  ['a port over UDP', { container: { ports: [{ containerPort: 8080, protocol: 'UDP' }] } }, 'SM0109', `${CONTAINER}.ports[0].protocol`, /over TCP/],
  ['a variable without a name', { container: { env: [{ value: '1' }] } }, 'SM0110', `${CONTAINER}.env[0].name`, /no name/],
  ['one variable twice', { container: { env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }, { name: 'A', value: '3' }] } },
    'SM0111', `${CONTAINER}.env[2].name`, /already set at env\[0\]/],
  ['a variable from a file', { container: { env: [{ name: 'A', valueFrom: { fileKeyRef: {} } }] } }, 'SM0112', `${CONTAINER}.env[0].valueFrom.fileKeyRef`, /no variable from this source/],
  ['variables from nowhere', { container: { envFrom: [{ prefix: 'A_' }] } }, 'SM0112', `${CONTAINER}.envFrom[0]`, /neither/],
  ['variables from two objects at once', { container: { envFrom: [{ secretRef: { name: 'a' }, configMapRef: { name: 'b' } }] } }, 'SM0112', `${CONTAINER}.envFrom[0]`, /both/],
  ['the container name of the queue-proxy', { container: { name: 'queue-proxy' } }, 'SM0114', `${CONTAINER}.name`, /Knative adds/],
  ['one container name twice', { spec: { containers: [{ name: 'a', image: 'a1:1', ports: [{ containerPort: 8080 }] }, { name: 'a', image: 'b1:1' }] } },
    'SM0114', 'spec.template.spec.containers[1].name', /already has this name/],
  ['a termination message policy of its own', { container: { terminationMessagePolicy: 'Log' } }, 'SM0148', `${CONTAINER}.terminationMessagePolicy`, /no such policy/],
  ['a user beyond 32 bits', { container: { securityContext: { runAsUser: 2147483648 } } }, 'SM0131', `${CONTAINER}.securityContext.runAsUser`, /from 0 to 2147483647/],
  ['a negative group', { container: { securityContext: { runAsGroup: -10 } } }, 'SM0131', `${CONTAINER}.securityContext.runAsGroup`, /from 0 to 2147483647/],
  ['root that may not be root', { container: { securityContext: { runAsUser: 0, runAsNonRoot: true } } }, 'SM0132', `${CONTAINER}.securityContext.runAsUser`, /never starts/],
];

const TAKEN: [what: string, parts: Parts][] = [
  ['an image with a digest', { container: { image: `nginx@sha256:${'0'.repeat(64)}` } }],
  ['an image that ko builds', { container: { image: 'ko://knative.dev/serving/test/test_images/helloworld' } }],
  ['one port', { container: { ports: [{ name: 'h2c', containerPort: 8081, protocol: 'TCP' }] } }],
  ['no port on the only container', { container: { ports: [] } }],
  ['a port on one of two containers', { spec: { containers: [{ name: 'a', image: 'a1:1', ports: [{ containerPort: 8080 }] }, { name: 'b', image: 'b1:1' }] } }],
  ['PORT of a container that does not serve',
    { spec: { containers: [{ image: 'a1:1', ports: [{ containerPort: 8080 }] }, { image: 'b1:1', env: [{ name: 'PORT', value: '9' }] }] } }],
  ['variables of every kind', {
    container: {
      env: [{ name: 'A', value: '1' }, { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }, { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }],
      envFrom: [{ prefix: 'A_', configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }],
    },
  }],
  ['root that may be root', { container: { securityContext: { runAsUser: 0, runAsNonRoot: false } } }],
];

describe('containers of a Knative Service', () => {
  test.each(POINTED_OUT)('points out %s', (_, parts, code, field, reason) => {
    expect(only(code, service(parts))).toEqual([expect.objectContaining({ code, field, path: 'chart/object', reason: expect.stringMatching(reason) })]);
  });

  test.each(TAKEN)('takes %s', (_, parts) => {
    expect(findings(object(service(parts)))).toEqual([]);
  });

  test.each([8008, 8012, 8013, 8022, 9090, 9091])('refuses port %d of the queue-proxy', port => {
    expect(only('SM0106', service({ container: { ports: [{ containerPort: port }] } }))).toMatchObject([{
      field: `${CONTAINER}.ports[0].containerPort`, value: String(port), reason: expect.stringContaining('queue-proxy'), fix: expect.stringContaining('8080'),
    }]);
  });

  test.each(['PORT', 'K_SERVICE', 'K_CONFIGURATION', 'K_REVISION'])('refuses the variable %s', name => {
    expect(only('SM0110', service({ container: { env: [{ name, value: '1' }] } }))).toMatchObject([{ field: `${CONTAINER}.env[0].name`, value: `"${name}"` }]);
  });

  test.each([
    ['postgres://shop:hunter2@db:5432/shop', 1],
    ['https://shop:hunter2@api.example.com', 1],
    ['postgres://shop:$(DB_PASSWORD)@db:5432/shop', 0],
    ['postgres://db:5432/shop', 0],
    ['http://[::1]:80/@x', 0],
    ['mailto:a@b', 0],
  ])('looks for a password in %s', (value, count) => {
    const found = only('SM0113', service({ container: { env: [{ name: 'DB_URL', value }] } }));
    expect(found).toHaveLength(count);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('holds for init containers too, where the cluster has them', () => {
    const init = { name: 'migrate', image: 'Migrate', env: [{ name: 'K_SERVICE', value: 'x' }, { name: 'PORT', value: '1' }], readinessProbe: {} };
    const profile = { servingFeatures: [ServingFeature.INIT_CONTAINERS.enabled()] };
    expect(findings(object(service({ spec: { initContainers: [init] } }), profile)).map(({ code, field }) => [code, field])).toEqual([
      ['SM0103', 'spec.template.spec.initContainers[0].image'],
      ['SM0110', 'spec.template.spec.initContainers[0].env[0].name'],
      ['SM0130', 'spec.template.spec.initContainers[0].readinessProbe'],
    ]);
  });

  test('holds for Configurations and Revisions as for Services', () => {
    const { metadata, spec } = service({ container: { image: '' } });
    expect(findings(object({ kind: 'Configuration', metadata, spec }))).toMatchObject([{ code: 'SM0102', field: `${CONTAINER}.image` }]);
    expect(findings(object({ kind: 'Revision', metadata, spec: spec.template.spec }))).toMatchObject([{ code: 'SM0102', field: 'spec.containers[0].image' }]);
  });

  test('says nothing about Services of Kubernetes', () => {
    expect(findings(object({ apiVersion: 'v1', metadata: { name: 'web' }, spec: { ports: [{ port: 80 }] } }))).toEqual([]);
  });
});
