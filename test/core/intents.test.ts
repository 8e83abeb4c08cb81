import { App, Chart } from 'cdk8s';
import { MeshMembership } from '../../lib/core';
import { Intents, NamespaceIntent, Recorded } from '../../lib/core/intents';
import { reportProblems } from '../../lib/core/problem';

describe('what was recorded', () => {
  test('is heard once by every listener, by late ones too and in order', () => {
    const recorded = new Recorded<string>();
    const [early, late]: string[][] = [[], []];
    recorded.forEach(entry => early.push(entry));
    recorded.add('first');
    recorded.add('second');
    recorded.forEach(entry => late.push(entry));
    recorded.add('third');
    expect(early).toEqual(['first', 'second', 'third']);
    expect(late).toEqual(early);
    expect(recorded.all).toEqual(early);
  });

  test('is heard once also where a listener records more', () => {
    const recorded = new Recorded<number>();
    const heard: number[] = [];
    recorded.add(1);
    recorded.forEach(entry => {
      heard.push(entry);
      if (entry < 3) recorded.add(entry + 1);
    });
    expect(heard).toEqual([1, 2, 3]);
  });
});

describe('intents', () => {
  test('are shared by all constructs of an app and by no other app', () => {
    const app = new App();
    const [a, b] = ['a', 'b'].map(id => new Chart(app, id));
    expect(Intents.of(a)).toBe(Intents.of(b));
    expect(Intents.of(a)).toBe(Intents.of(app));
    expect(Intents.of(new App())).not.toBe(Intents.of(app));
  });

  test('reach a room that listens to every app', () => {
    const heard: string[] = [];
    Intents.onAttach(intents => intents.namespaces.forEach(namespace => heard.push(namespace.name)));
    const chart = new Chart(new App(), 'a');
    const intent: NamespaceIntent = { name: 'shop', mesh: MeshMembership.SIDECAR, construct: chart };
    Intents.of(chart).namespaces.add(intent);
    expect(heard).toEqual(['shop']);
  });

  test('have the app checked, once', () => {
    const app = new App();
    const chart = new Chart(app, 'a');
    reportProblems(chart, () => [{ code: 'SM9999', reason: 'it cannot work', fix: 'do something else' }]);
    expect(app.node.validate()).toEqual([]);
    Intents.of(chart);
    Intents.of(app);
    expect(app.node.validate()).toEqual(['[a] SM9999 it cannot work. Fix: do something else.']);
  });
});
