import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Caller, ContainerService } from '../../lib';
import { derived, render, whileRendered } from '../../lib/core/rendering';
import { resource } from '../../lib/core/resource';

function counted(chart: Chart): { object: ApiObject; times: () => number } {
  let times = 0;
  const data = Lazy.any({ produce: () => ({ times: String(++times) }) });
  return { object: new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap', data }), times: () => times };
}

describe('rendering', () => {
  let app: App;
  let chart: Chart;
  beforeEach(() => {
    app = new App();
    chart = new Chart(app, 'a', { namespace: 'shop' });
  });

  test('is shared while it is asked for, and done afresh otherwise', () => {
    const { object, times } = counted(chart);
    whileRendered(app, () => whileRendered(app, () => expect(render(object)).toBe(render(object))));
    expect(times()).toBe(1);
    expect(render(object).manifest!.data).toEqual({ times: '2' });
    expect(render(object).manifest!.data).toEqual({ times: '3' });
  });

  test('is no longer shared after an error', () => {
    const { object, times } = counted(chart);
    expect(() => whileRendered(app, () => {
      render(object);
      throw new Error('halfway');
    })).toThrow('halfway');
    render(object);
    expect(times()).toBe(2);
  });

  test('that fails is told, not thrown', () => {
    const broken = new ApiObject(chart, 'broken', { apiVersion: 'v1', kind: 'ConfigMap', data: new Map() });
    expect(render(broken).manifest).toBeUndefined();
    expect(render(broken).failure!.message).toMatch(/a\/broken.*non-simple object of type 'Map'/);
  });

  test('computes what is derived from an app once while it is shared', () => {
    let computed = 0;
    const size = (root: App) => ++computed && root.node.findAll().length;
    const compute = size as Parameters<typeof derived<number>>[1];
    expect(whileRendered(app, () => [derived(app, compute), derived(app, compute)])).toEqual([2, 2]);
    expect(computed).toBe(1);
    new Chart(app, 'b');
    expect(derived(app, compute)).toBe(3);
  });
});

test.each([false, true])('an App of cdk8s derives what its objects need once a synth, however many they are (as text: %s)', text => {
  const walks = (services: number) => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'rendering-')) });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    Array.from({ length: services }, (_, i) => new ContainerService(chart, `service-${i}`, { image: 'registry.example.com/shop/service:1.0.0' })
      .grantInvoke(Caller.serviceAccount('elsewhere', 'caller')));
    const findAll = jest.spyOn(app.node, 'findAll');
    text ? app.synthYaml() : app.synth();
    rmSync(app.outdir, { recursive: true });
    return findAll.mock.calls.length;
  };
  expect(walks(12)).toBe(walks(3));
});

describe('a resource', () => {
  test('has fields that are computed when it is rendered, and takes patches on them', () => {
    const chart = new Chart(new App(), 'a', { namespace: 'shop' });
    const names: string[] = [];
    const object = resource(chart, 'x', { gvk: { apiVersion: 'v1', kind: 'ConfigMap' }, metadata: { name: 'x' }, fields: { data: () => ({ names: names.join() }) } });
    names.push('said', 'later');
    object.addJsonPatch(JsonPatch.add('/data/extra', 'yes'));
    expect(object.toJson()).toEqual({
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'shop' }, data: { names: 'said,later', extra: 'yes' },
    });
  });

  test('leaves out a field that is computed to nothing', () => {
    const chart = new Chart(new App(), 'a');
    const object = resource(chart, 'x', { gvk: { apiVersion: 'v1', kind: 'ConfigMap' }, metadata: { name: 'x' }, fields: { data: () => undefined } });
    expect(object.toJson()).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
  });

  test('of a kind without namespace has none, whatever the chart says', () => {
    const chart = new Chart(new App(), 'a', { namespace: 'shop' });
    const object = resource(chart, 'x', { gvk: { apiVersion: 'v1', kind: 'Namespace' }, metadata: { name: 'x' }, fields: {}, clusterScoped: true });
    expect(object.toJson()).toEqual({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x' } });
  });
});
