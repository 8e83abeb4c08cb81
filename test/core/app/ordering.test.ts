import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { orderedCharts, orderedObjects, orderOf } from '../../../lib/core/app/ordering';

function object(scope: Construct, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap' });
}

function composite(scope: Construct, id: string, objects: number): Construct {
  const construct = new Construct(scope, id);
  for (let i = 0; i < objects; i++) object(construct, `o${i}`);
  return construct;
}

const paths = (constructs: readonly IConstruct[]) => constructs.map(construct => construct.node.path);

function refusal(root: IConstruct): { code: string; path: string; reason: string; fix: string } {
  try {
    orderedObjects(root);
  } catch (e) {
    expect((e as Error).message).toMatch(/^\[.*\] SM\d{4} /);
    return (e as unknown as { problem: ReturnType<typeof refusal> }).problem;
  }
  throw new Error('there is an order');
}

describe('the order of objects', () => {
  let app: App;
  let chart: Chart;
  beforeEach(() => {
    app = new App();
    chart = new Chart(app, 'a');
  });

  test('is the order of construction where nothing depends on anything', () => {
    object(chart, 'z');
    object(chart, 'y');
    object(new Chart(app, 'b'), 'x');
    expect(paths(orderedObjects(app))).toEqual(['a/z', 'a/y', 'b/x']);
  });

  test('has every object of a composite behind every object of the composite that it depends on', () => {
    const first = composite(chart, 'first', 2);
    const second = composite(chart, 'second', 2);
    first.node.addDependency(second);
    expect(paths(orderedObjects(app))).toEqual(['a/second/o0', 'a/second/o1', 'a/first/o0', 'a/first/o1']);
  });

  test('has every object of a chart behind a chart on which one of its objects depends', () => {
    const early = object(chart, 'early');
    object(chart, 'other');
    const late = new Chart(app, 'b');
    early.addDependency(object(late, 'needed'));
    object(late, 'bystander');
    expect(paths(orderedObjects(app))).toEqual(['b/needed', 'b/bystander', 'a/early', 'a/other']);
    expect(orderedCharts(app)).toMatchObject({ charts: [late, chart], hasDependantCharts: true });
  });

  test('has a chart behind the charts in it', () => {
    object(chart, 'outer');
    object(new Chart(chart, 'inner'), 'o');
    expect(paths(orderedObjects(app))).toEqual(['a/inner/o', 'a/outer']);
  });

  test('leaves charts independent that are only neighbours', () => {
    const inner = new Chart(new Construct(chart, 'composite'), 'inner');
    expect(orderedCharts(app)).toMatchObject({ charts: [chart, inner], hasDependantCharts: false });
  });

  test('puts an object behind everything else in its chart when it depends on the chart', () => {
    object(chart, 'last').addDependency(chart);
    object(chart, 'x');
    object(chart, 'y');
    expect(paths(orderedObjects(app))).toEqual(['a/x', 'a/y', 'a/last']);
  });

  test('puts an object before everything else in its chart when the chart depends on it', () => {
    object(chart, 'x');
    chart.addDependency(object(chart, 'first'));
    expect(paths(orderedObjects(app))).toEqual(['a/first', 'a/x']);
  });

  test('keeps what holds for the composites around an object that its own composite depends on', () => {
    const outer = new Construct(chart, 'outer');
    const inner = composite(outer, 'inner', 2);
    inner.node.addDependency(inner.node.findChild('o1'));
    outer.node.addDependency(object(chart, 'before'));
    expect(paths(orderedObjects(app))).toEqual(['a/before', 'a/outer/inner/o1', 'a/outer/inner/o0']);
  });

  test('takes every member of a dependency group', () => {
    const [x, y, z] = ['x', 'y', 'z'].map(id => object(chart, id));
    x.node.addDependency(new DependencyGroup(z, y));
    expect(paths(orderedObjects(app))).toEqual(['a/z', 'a/y', 'a/x']);
  });

  test('does not mind a composite that is in its own dependency group', () => {
    const x = composite(chart, 'x', 1);
    x.node.addDependency(new DependencyGroup(x, object(chart, 'y')));
    expect(paths(orderedObjects(app))).toEqual(['a/y', 'a/x/o0']);
  });

  test('passes over constructs of another app', () => {
    object(chart, 'x').addDependency(object(new Chart(new App(), 'elsewhere'), 'y'));
    expect(paths(orderedObjects(app))).toEqual(['a/x']);
    expect(orderedCharts(app).hasDependantCharts).toBe(true);
  });

  test('has charts with whole numbers for ids where cdk8s has them', () => {
    const plain = new App();
    for (const id of ['b', '10', '9']) new Chart(new Construct(new Chart(plain, id), 'composite'), 'inner');
    expect(paths(orderedCharts(plain).charts)).toEqual(['9', '10', '9/composite/inner', '10/composite/inner', 'b', 'b/composite/inner']);
    expect(paths(orderedCharts(plain).charts)).toEqual(paths(plain.charts));
  });

  test('is the same every time, and leaves what was declared as it is', () => {
    const [x, y] = [composite(chart, 'x', 3), composite(chart, 'y', 3)];
    x.node.addDependency(y);
    const before = app.node.findAll().map(construct => construct.node.dependencies);
    expect(paths(orderedObjects(app))).toEqual(paths(orderedObjects(app)));
    expect(app.node.findAll().map(construct => construct.node.dependencies)).toEqual(before);
  });
});

describe('the work', () => {
  /** Edges that are followed to order an app with so many charts in a chain, ten objects each. */
  function edgesOfChain(charts: number): number {
    const app = new App();
    let previous: Chart | undefined;
    for (let i = 0; i < charts; i++) {
      const chart = new Chart(app, `c${i}`);
      for (let o = 0; o < 10; o++) object(chart, `o${o}`);
      if (previous) chart.addDependency(previous);
      previous = chart;
    }
    return edgesOf(app);
  }

  function edgesOf(app: App): number {
    const order = orderOf(app);
    order.charts.forEach(chart => order.objectsOf(chart));
    return order.edges;
  }

  test('grows in step with the charts of a chain', () => {
    expect(edgesOfChain(200) - edgesOfChain(150)).toBe(edgesOfChain(100) - edgesOfChain(50));
    expect(edgesOfChain(200)).toBeLessThan(200 * 11 * 10);
  });

  test('does not multiply the objects of composites that depend on each other', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    const composites = [...Array(20).keys()].map(i => composite(chart, `x${i}`, 100));
    composites.forEach((source, i) => composites.slice(0, i).forEach(target => source.node.addDependency(target)));
    const [constructs, dependencies] = [app.node.findAll().length, 190];
    expect(orderedObjects(app)).toHaveLength(2000);
    expect(edgesOf(app)).toBeLessThan(10 * (constructs + dependencies));
  });

  test('is no deeper than the stack allows for a chain of 10,000 objects', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    const objects = [...Array(10000).keys()].map(i => object(chart, `o${i}`));
    objects.slice(1).forEach((after, i) => objects[i].addDependency(after));
    expect(orderedObjects(app)).toEqual([...objects].reverse());
    expect(edgesOf(app)).toBeLessThan(10 * 20000);
  });

  test('stays in proportion when every composite holds an object that it depends on', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    const before = composite(chart, 'before', 100);
    const around = new Construct(chart, 'around');
    around.node.addDependency(...before.node.children);
    for (let i = 0; i < 100; i++) {
      const pair = composite(around, `p${i}`, 2);
      pair.node.addDependency(pair.node.findChild('o1'));
    }
    expect(orderedObjects(app)).toHaveLength(300);
    expect(edgesOf(app)).toBeLessThan(10 * (app.node.findAll().length + 200));
  });
});

describe('SM0003: an app without an order', () => {
  let app: App;
  let chart: Chart;
  beforeEach(() => {
    app = new App();
    chart = new Chart(app, 'a');
  });

  test('is told by the paths on the cycle, in order', () => {
    const [x, y, z] = ['x', 'y', 'z'].map(id => object(chart, id));
    x.addDependency(y);
    y.addDependency(z);
    z.addDependency(x);
    expect(refusal(app)).toMatchObject({
      code: 'SM0003',
      path: 'a/x',
      reason: 'each of these has to come after the next one, so none can come first: a/x -> a/y -> a/z -> a/x',
      fix: 'remove one of these dependencies',
    });
  });

  test('is told by the shortest of several cycles', () => {
    const objects = [...Array(30).keys()].map(i => object(chart, `o${i}`));
    objects.forEach((after, i) => after.addDependency(objects[(i + 1) % 30]));
    objects[17].addDependency(objects[15]);
    expect(refusal(app).reason).toMatch(/: a\/o15 -> a\/o16 -> a\/o17 -> a\/o15$/);
  });

  test('is told in a line that fits, however long the cycle', () => {
    const objects = [...Array(10000).keys()].map(i => object(chart, `o${i}`));
    objects.forEach((after, i) => after.addDependency(objects[(i + 1) % 10000]));
    expect(refusal(app).reason).toMatch(/: a\/o0 -> a\/o1 -> a\/o2 -> a\/o3 -> a\/o4 -> a\/o5 -> \.\.\. 9990 more \.\.\. -> a\/o9996 -> .* -> a\/o0$/);
  });

  test('is told by the composites where these depend on each other', () => {
    const [x, y] = [composite(chart, 'x', 3), composite(chart, 'y', 3)];
    x.node.addDependency(y);
    y.node.addDependency(x);
    expect(refusal(app).reason).toMatch(/: a\/x -> a\/y -> a\/x$/);
  });

  test('is told with what was declared where objects meet through composites', () => {
    const [x, y] = [composite(chart, 'x', 2), composite(chart, 'y', 2)];
    x.node.findChild('o0').node.addDependency(y);
    y.node.findChild('o1').node.addDependency(x);
    expect(refusal(app).reason).toMatch(/: a\/x\/o0 -> a\/y\/o1 -> a\/x\/o0 \(a\/x\/o0 depends on a\/y; a\/y\/o1 depends on a\/x\)$/);
  });

  test('is told by the charts where only these are in the way of each other', () => {
    const other = new Chart(app, 'b');
    object(chart, 'x').addDependency(object(other, 'x'));
    object(other, 'y').addDependency(object(chart, 'y'));
    expect(refusal(app)).toMatchObject({
      reason: expect.stringMatching(/: a -> b -> a \(a\/x depends on b\/x; b\/y depends on a\/y\)$/),
      fix: 'remove one of these dependencies, or move what is concerned into one chart',
    });
  });

  test('is told with the nesting of charts', () => {
    const inner = new Chart(chart, 'inner');
    object(inner, 'y').addDependency(object(chart, 'x'));
    expect(refusal(app).reason).toMatch(/: a -> a\/inner -> a \(a contains the chart a\/inner; a\/inner\/y depends on a\/x\)$/);
  });

  test.each<[string, (chart: Chart) => void, RegExp]>([
    ['an object that depends on itself', a => object(a, 'x').addDependency(a.node.findChild('x')), /: a\/x -> a\/x$/],
    ['a chart that depends on itself', a => a.addDependency(a), /: a -> a$/],
    ['a chart that depends on several of its objects', a => a.addDependency(composite(a, 'x', 2)), /: a -> a\/x -> a \(a depends on a\/x, which it contains\)$/],
    ['several objects that depend on what contains them', a => composite(a, 'x', 2).node.addDependency(a), /: a\/x -> a -> a\/x \(a\/x depends on a, which contains it\)$/],
    ['two objects that both want to be last', a => ['x', 'y'].forEach(id => object(a, id).addDependency(a)), /: a\/x -> a\/y -> a\/x \(a\/x depends on a, which contains it; a\/y depends on a, which contains it\)$/],
  ])('is told of %s', (_, build, expected) => {
    build(chart);
    expect(refusal(app).reason).toMatch(expected);
  });

  test('is no false alarm about objects of a chart further down', () => {
    const holder = new Construct(chart, 'holder');
    const inner = new Chart(holder, 'inner');
    object(inner, 'x');
    const between = new Chart(app, 'b');
    object(between, 'y');
    between.addDependency(inner);
    object(chart, 'z');
    chart.addDependency(holder, between);
    expect(paths(orderedObjects(app))).toEqual(['a/holder/inner/x', 'b/y', 'a/z']);
  });
});

test('SM0008: a dependency outside of charts is refused by name', () => {
  const app = new App();
  const stage = new Construct(app, 'stage');
  new Chart(stage, 'b');
  object(new Chart(app, 'a'), 'x').addDependency(stage);
  expect(refusal(app)).toMatchObject({
    code: 'SM0008',
    path: 'a/x',
    reason: 'stage is outside of every chart, and only what is in charts has a place in the order',
    fix: 'declare the dependency on the charts below stage',
  });
});
