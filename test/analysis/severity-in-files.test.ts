import { ApiObject, App, Chart } from 'cdk8s';
import { checkFiles } from '../../lib/analysis/check-files';
import { rules } from '../../lib/analysis/discovery';
import { Intents } from '../../lib/core/intents';
import { Severity } from '../../lib/core/problem';
import { problemsOf } from '../../lib/core/validation';

const SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'prices', namespace: 'shop' } };

test.each(['SM0002', 'SM0227', 'SM0416'])('%s is accepted by the cluster, so in files it is a warning', code => {
  const { example: { refused } } = rules().find(rule => rule.code === code)!;
  const found = checkFiles([{ name: 'a.yaml', text: refused }]).filter(problem => problem.code === code);
  expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set([Severity.WARNING]));
});

test('in an app one object that overwrites another is an error', () => {
  const chart = new Chart(new App(), 'chart');
  Intents.of(chart);
  new ApiObject(chart, 'a', SETTINGS);
  new ApiObject(chart, 'b', SETTINGS);
  expect(problemsOf(chart.node.root, Severity.ERROR).map(({ code }) => code)).toEqual(['SM0002']);
});
