import { findingsIn, knativeService } from './findings';
import { Severity } from '../../lib';
import { conflictingInjectionLabels } from '../../lib/analysis/rules/mesh/conflicting-injection-labels';
import { injectionByAnnotation } from '../../lib/analysis/rules/mesh/injection-by-annotation';
import { Json } from '../support';

const INJECT = { 'sidecar.istio.io/inject': 'true' };

describe('SM0233: sidecar injection', () => {
  const deployment = (metadata: Json) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'ledger' }, spec: { template: { metadata, spec: {} } } });

  test('is reported where the pods ask for it by annotation', () => {
    expect(findingsIn(injectionByAnnotation, deployment({ annotations: INJECT }))).toMatchObject([{
      severity: Severity.WARNING,
      path: 'chart/raw-0-0',
      field: "spec.template.metadata.annotations['sidecar.istio.io/inject']",
      value: '"true"',
      peers: ['IST0135'],
      fix: expect.stringContaining("spec.template.metadata.labels['sidecar.istio.io/inject']"),
    }]);
    expect(findingsIn(injectionByAnnotation, knativeService('orders', { metadata: { annotations: INJECT } }))).toHaveLength(1);
    expect(findingsIn(injectionByAnnotation, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', annotations: INJECT } }))
      .toMatchObject([{ field: "metadata.annotations['sidecar.istio.io/inject']" }]);
    expect(findingsIn(injectionByAnnotation, {
      apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec: { jobTemplate: { spec: { template: { metadata: { annotations: INJECT } } } } },
    })).toMatchObject([{ field: "spec.jobTemplate.spec.template.metadata.annotations['sidecar.istio.io/inject']" }]);
  });

  test('is reported where the annotation never reaches the pods', () => {
    expect(findingsIn(injectionByAnnotation, { ...deployment({}), metadata: { name: 'ledger', annotations: INJECT } }))
      .toMatchObject([{ field: "metadata.annotations['sidecar.istio.io/inject']", reason: expect.stringContaining('Deployment') }]);
  });

  test('is clean by label, alone or with the annotation for old injectors', () => {
    expect(findingsIn(injectionByAnnotation, deployment({ labels: INJECT }), deployment({ labels: INJECT, annotations: INJECT }))).toEqual([]);
  });
});

describe('SM0234: a namespace', () => {
  const namespace = (labels: Json, name = 'shop') => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });

  test.each<[Json]>([
    [{ 'istio-injection': 'enabled', 'istio.io/rev': 'prod' }],
    [{ 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' }],
    [{ 'istio.io/rev': 'prod', 'istio.io/dataplane-mode': 'ambient' }],
  ])('is reported that asks for the mesh in two ways: %j', labels => {
    const found = findingsIn(conflictingInjectionLabels, namespace(labels));
    expect(found).toMatchObject([{ severity: Severity.WARNING, peers: ['IST0123'], field: 'metadata.labels' }]);
    for (const key of Object.keys(labels)) expect(found[0].value).toContain(key);
  });

  test.each<[Json]>([
    [{ 'istio-injection': 'enabled' }], [{ 'istio.io/rev': 'prod' }], [{ 'istio.io/dataplane-mode': 'ambient' }],
    // injection switched off on purpose leaves the other way alone
    [{ 'istio-injection': 'disabled', 'istio.io/dataplane-mode': 'ambient' }], [{}],
  ])('is clean that asks in one: %j', labels => {
    expect(findingsIn(conflictingInjectionLabels, namespace(labels))).toEqual([]);
  });

  test('of Istio itself is left alone', () => {
    expect(findingsIn(conflictingInjectionLabels, namespace({ 'istio-injection': 'enabled', 'istio.io/rev': 'prod' }, 'istio-system'))).toEqual([]);
  });
});
