import { ApiObject, App, Chart } from 'cdk8s';
import { compiled } from './library';
import { computed, inFolder, inTurns, Row } from './measure';

const OBJECTS = 10;

/** Charts in a chain, each after the one before: where cdk8s's own synth takes exponential time. */
export function chartChain(): Row[] {
  const { MeshApp } = compiled();
  synth(MeshApp, 5);
  synth(App, 5);
  const [long] = inTurns(5, () => synth(MeshApp, 200));
  return [
    { what: `chain of 200 charts with ${OBJECTS} objects each`, unit: 'ms', ours: long, bound: { most: 2000 } },
    ...[5, 6, 7].map((charts): Row => {
      const [ours, reference] = inTurns(3, () => synth(MeshApp, charts), () => synth(App, charts));
      return { what: `chain of ${charts} charts with ${OBJECTS} objects each`, unit: 'ms', ours, reference, against: 'cdk8s App' };
    }),
  ];
}

function synth(kind: typeof App, charts: number): number {
  return inFolder(outdir => computed(() => {
    const app = new kind({ outdir });
    let previous: Chart | undefined;
    for (let c = 0; c < charts; c++) {
      const chart = new Chart(app, `c${c}`);
      for (let o = 0; o < OBJECTS; o++) new ApiObject(chart, `o${o}`, { apiVersion: 'v1', kind: 'ConfigMap', data: { key: 'value' } });
      if (previous) chart.addDependency(previous);
      previous = chart;
    }
    app.synth();
  }));
}
