import { ApiObject, App, Chart } from 'cdk8s';
import { inTurns, Row, timedInFolder } from './measure';
import { MeshApp } from '../lib';

const PER_CHART = 100;

/** What a resource costs from construction to its file, in small and in large apps. */
export function resources(): Row[] {
  for (let warmup = 0; warmup < 3; warmup++) [App, MeshApp].forEach(kind => synth(kind, 1000));
  return [[100, 21], [1000, 9], [10000, 3]].map(([count, runs]) => {
    const [ours, reference] = inTurns(runs, () => synth(MeshApp, count), () => synth(App, count));
    return { what: `a resource of ${count.toLocaleString('en')}`, ours: ours / count, reference: reference / count, against: 'cdk8s App' };
  });
}

function synth(kind: typeof App | typeof MeshApp, count: number): number {
  return timedInFolder(outdir => {
    const app = new kind({ outdir });
    for (let c = 0; c * PER_CHART < count; c++) {
      const chart = new Chart(app, `c${c}`, { namespace: 'shop', labels: { team: 'shop' } });
      for (let o = 0; o < PER_CHART; o++) deployment(chart, `o${o}`);
    }
    app.synth();
  });
}

function deployment(chart: Chart, name: string): void {
  const labels = { app: name };
  const resourcesOf = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { memory } });
  new ApiObject(chart, name, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{
            name: 'main',
            image: `registry.example/${name}:1.0.0`,
            ports: [{ name: 'http', containerPort: 8080 }],
            env: [{ name: 'LOG_LEVEL', value: 'info' }],
            resources: resourcesOf('100m', '128Mi'),
          }],
        },
      },
    },
  });
}
