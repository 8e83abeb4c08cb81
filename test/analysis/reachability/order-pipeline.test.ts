import * as fs from 'fs';
import * as path from 'path';
import { ClusterProfile, MeshMembership, Outcome, Reachability, RequestSource, RequestTarget } from '../../../lib';

const EXPECTED = path.join(__dirname, '..', '..', '..', 'examples', 'order-pipeline', 'expected');
const yaml = fs.readdirSync(EXPECTED).filter(file => file.endsWith('.yaml')).sort().map(file => fs.readFileSync(path.join(EXPECTED, file), 'utf8')).join('\n---\n');

// the example as it is written, without a construct of it
const pipeline = Reachability.ofYaml(yaml, ClusterProfile.sidecar());
const step = (name: string) => RequestTarget.pods({ namespace: 'shop', labels: { 'serving.knative.dev/service': name } });
const pod = (namespace: string, serviceAccount: string) => RequestSource.pods({
  namespace, serviceAccount, labels: namespace === 'shop' ? { 'serving.knative.dev/service': serviceAccount } : undefined,
});
const gateway = pod('istio-system', 'istio-ingressgateway-service-account');
const dispatcher = pod('knative-eventing', 'kafka-broker-dispatcher');

describe('in the order pipeline', () => {
  test('clients reach POST /orders of checkout, and nothing else of it', () => {
    expect(pipeline.request({ from: gateway, to: step('checkout'), method: 'POST', path: '/orders' }).outcome).toBe(Outcome.ALLOWED);
    expect(pipeline.request({ from: RequestSource.outsideCluster(), to: step('checkout'), method: 'POST', path: '/orders' }).outcome).toBe(Outcome.ALLOWED);
    expect(pipeline.request({ from: gateway, to: step('checkout'), method: 'GET', path: '/orders' }).outcome).toBe(Outcome.DENIED);
    expect(pipeline.request({ from: gateway, to: step('checkout'), method: 'POST', path: '/admin' }).outcome).toBe(Outcome.DENIED);
  });

  test('checkout alone asks payment about payments', () => {
    const question = { to: step('payment'), method: 'GET', path: '/payments/17' };
    expect(pipeline.request({ from: pod('shop', 'checkout'), ...question }).outcome).toBe(Outcome.ALLOWED);
    for (const other of [pod('shop', 'inventory'), pod('reports', 'report'), gateway, dispatcher, RequestSource.outsideCluster()]) {
      expect(pipeline.request({ from: other, ...question }).outcome).toBe(Outcome.DENIED);
    }
  });

  test.each(['payment', 'inventory', 'logistics', 'notification'])('events are delivered to %s', name => {
    expect(pipeline.request({ from: dispatcher, to: step(name), method: 'POST', path: '/' }).outcome).toBe(Outcome.ALLOWED);
  });

  test('who posts an event of his own to a step is denied, or gets in through the activator where that is trusted', () => {
    const forged = { from: pod('reports', 'report'), method: 'POST', path: '/' };
    expect(pipeline.request({ ...forged, to: step('payment') }).outcome).toBe(Outcome.DENIED);
    expect(pipeline.request({ ...forged, to: step('inventory') }).outcome).toBe(Outcome.DEPENDS);
    expect(pipeline.request({ ...forged, to: step('inventory'), throughActivator: false }).outcome).toBe(Outcome.DENIED);
  });

  test('nobody without a mesh identity gets to the pods themselves', () => {
    const metrics = { to: step('payment'), method: 'GET', path: '/metrics', port: 9090 };
    expect(pipeline.request({ from: RequestSource.outsideCluster(), ...metrics })).toMatchObject({
      outcome: Outcome.DENIED,
      decidedBy: { kind: 'NetworkPolicy', namespace: 'shop', name: 'payment' },
    });
    expect(pipeline.request({ from: RequestSource.pods({ namespace: 'knative-serving', mesh: MeshMembership.OUTSIDE }), ...metrics })).toMatchObject({
      outcome: Outcome.DENIED,
      decidedBy: { kind: 'PeerAuthentication', namespace: 'shop', name: 'default' },
    });
    expect(pipeline.request({ from: pod('knative-serving', 'controller'), ...metrics }).outcome).toBe(Outcome.ALLOWED);
  });
});
