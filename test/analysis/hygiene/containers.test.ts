import { deployment } from '../../../lib/analysis/rules/hygiene/examples';
import { found, peersFound } from '../found';

describe('capabilities', () => {
  const DROPPED = 'securityContext: { capabilities: { drop: [all] } }';

  test('are all dropped by ALL, whatever its letters', () => {
    expect(peersFound(deployment({ container: DROPPED }), 'insecureCapabilities', 'drop-net-raw-capability')).toEqual([]);
  });

  test('without NET_RAW are still too many', () => {
    const text = deployment({ container: 'securityContext: { capabilities: { drop: [NET_RAW] } }' });
    expect(peersFound(text, 'insecureCapabilities', 'drop-net-raw-capability')).toEqual(['insecureCapabilities']);
  });

  test.each(['SYS_ADMIN', 'CAP_SYS_ADMIN', 'NET_ADMIN', 'ALL'])('%s is as good as root', name => {
    expect(found(deployment({ container: `securityContext: { capabilities: { add: [${name}] } }` }), 'SM0705')).toHaveLength(1);
  });
});

describe('what holds for a container', () => {
  test('is what its pod says, unless it says something else', () => {
    const pod = 'securityContext: { runAsNonRoot: true }';
    expect(found(deployment({ pod }), 'SM0704')).toEqual([]);
    expect(found(deployment({ pod, container: 'securityContext: { runAsNonRoot: false }' }), 'SM0704')).toHaveLength(1);
  });

  test('is a user that is not root', () => {
    expect(found(deployment({ container: 'securityContext: { runAsUser: 1000 }' }), 'SM0704')).toEqual([]);
    expect(found(deployment({ container: 'securityContext: { runAsUser: 0 }' }), 'SM0704')).toMatchObject([{ value: '0' }]);
  });

  test('is hardened by a profile of AppArmor, in a field or in the old annotation', () => {
    expect(found(deployment({ container: 'securityContext: { appArmorProfile: { type: RuntimeDefault } }' }), 'SM0707')).toEqual([]);
    const annotated = deployment({}).replace('{ labels: { app: checkout } }', '{ labels: { app: checkout }, annotations: { container.apparmor.security.beta.kubernetes.io/app: runtime/default } }');
    expect(found(annotated, 'SM0707')).toEqual([]);
    expect(found(annotated.replace('io/app:', 'io/other:'), 'SM0707')).toHaveLength(1);
  });
});

describe('resources', () => {
  test('are asked for one by one', () => {
    const text = deployment({ container: 'resources: { requests: { cpu: 100m }, limits: { memory: 1Gi } }' });
    expect(found(text, 'SM0720').map(({ field }) => field)).toEqual([
      'spec.template.spec.containers[0].resources.requests.memory',
      'spec.template.spec.containers[0].resources.limits.cpu',
    ]);
  });

  test('are not asked of init containers', () => {
    const pod = "initContainers: [{ name: setup, image: 'registry.example.com/shop/setup:1.0.0' }]";
    expect(found(deployment({ pod }), 'SM0720').every(({ field }) => field!.includes('.containers[0]'))).toBe(true);
  });
});

describe('volumes of the node', () => {
  const mounted = (path: string) => deployment({
    pod: `volumes: [{ name: host, hostPath: { path: ${path} } }]`,
    container: 'volumeMounts: [{ name: host, mountPath: /host }]',
  });

  test.each([
    ['/var/run/docker.sock', ['hostPathSet', 'docker-sock']],
    ['/etc', ['hostPathSet', 'sensitive-host-mounts']],
    ['/', ['hostPathSet', 'sensitive-host-mounts']],
    ['/data/shop', ['hostPathSet']],
  ])('%s is told from the others', (path, peers) => {
    expect(peersFound(mounted(path), 'hostPathSet', 'sensitive-host-mounts', 'docker-sock').sort()).toEqual([...peers].sort());
  });
});

describe('images', () => {
  test.each([
    ['registry.example.com/shop/checkout', 1],
    ['registry.example.com:5000/shop/checkout', 1],
    ['registry.example.com/shop/checkout:latest', 1],
    ['registry.example.com/shop/checkout:1.0.0', 0],
    [`registry.example.com/shop/checkout@sha256:${'a'.repeat(64)}`, 0],
    ['auto', 0],
  ])('%s gives %d findings', (image, count) => {
    expect(found(deployment({ image }), 'SM0721')).toHaveLength(count);
  });

  test('of Knative services have a rule of their own', () => {
    const service = 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a, namespace: shop }\nspec: { template: { spec: { containers: [{ image: nginx }] } } }\n';
    expect(found(service, 'SM0721', 'SM0104').map(({ code }) => code)).toEqual(['SM0104']);
  });
});

describe('variables', () => {
  test.each([
    ['DB_PASSWORD', 'swordfish', 1],
    ['API_TOKEN', 'abc', 1],
    ['TOKEN_URL', 'https://login.example.com', 0],
    ['PASSWORD_FILE', '/etc/db/password', 0],
    ['DB_PASSWORD', '$(FROM_SECRET)', 0],
    ['REGION', 'north', 0],
    ['KEY', '-----BEGIN RSA PRIVATE KEY-----', 1],
  ])('%s=%s gives %d findings', (name, value, count) => {
    expect(found(deployment({ container: `env: [{ name: ${name}, value: "${value}" }]` }), 'SM0725')).toHaveLength(count);
  });

  test('with a secret do not show it', () => {
    expect(JSON.stringify(found(deployment({ container: 'env: [{ name: DB_PASSWORD, value: swordfish }]' }), 'SM0725'))).not.toContain('swordfish');
  });
});

describe('probes', () => {
  const probed = (probe: string, ports: string) => deployment({ container: `ports: ${ports}\nlivenessProbe: ${probe}` });

  test('by a name that is not there always fail', () => {
    expect(found(probed('{ httpGet: { path: /, port: web } }', '[{ name: http, containerPort: 8080 }]'), 'SM0724')).toMatchObject([{ peers: ['liveness-port'] }]);
  });

  test('by a name of a UDP port too', () => {
    expect(found(probed('{ tcpSocket: { port: dns } }', '[{ name: dns, containerPort: 53, protocol: UDP }]'), 'SM0724')).toHaveLength(1);
  });

  test('by a number that is not listed may be a mistake', () => {
    expect(found(probed('{ grpc: { port: 9000 } }', '[{ name: http, containerPort: 8080 }]'), 'SM0724', 'SM0761')).toMatchObject([{ code: 'SM0761', severity: 'info' }]);
  });

  test('are not asked of jobs', () => {
    const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a, namespace: shop }\nspec: { template: { spec: { restartPolicy: Never, containers: [{ name: a, image: "a:1" }] } } }\n';
    expect(found(job, 'SM0723')).toEqual([]);
  });
});
