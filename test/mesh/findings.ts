import { ApiObject, Chart } from 'cdk8s';
import { Problem } from '../../lib';
import { ManifestModel } from '../../lib/analysis/model';
import { Rule, RuleContext } from '../../lib/analysis/rule';
import { Json, shopChart } from '../support';

/** What one rule finds in an app. */
export function findings(rule: Rule, chart: Chart): Problem[] {
  const context = new RuleContext(rule, ManifestModel.of(chart.node.root));
  rule.check(context);
  return context.problems;
}

/** Raw objects of the cluster, as somebody would paste them. */
export function raw(chart: Chart, ...objects: Json[]): Chart {
  objects.forEach((object, i) => new ApiObject(chart, `raw-${chart.node.children.length}-${i}`, object));
  return chart;
}

/** What one rule finds in raw objects of namespace `shop`. */
export function findingsIn(rule: Rule, ...objects: Json[]): Problem[] {
  return findings(rule, raw(shopChart(), ...objects));
}

export function authorizationPolicy(name: string, spec: Json, namespace?: string): Json {
  return { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: { name, ...namespace ? { namespace } : {} }, spec };
}

export function peerAuthentication(name: string, spec: Json, namespace?: string): Json {
  return { apiVersion: 'security.istio.io/v1', kind: 'PeerAuthentication', metadata: { name, ...namespace ? { namespace } : {} }, spec };
}

export function knativeService(name: string, template: Json = {}): Json {
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: { name },
    spec: { template: { ...template, spec: { containers: [{ image: 'registry.example/app:1' }], ...template.spec } } },
  };
}

/** Shapes that no API server would take; a rule must survive them all. */
export const GARBAGE: Json[] = [undefined, 'text', 7, true, [], {}, [[]], [7], ['text'], [{}], { from: 7 }];
