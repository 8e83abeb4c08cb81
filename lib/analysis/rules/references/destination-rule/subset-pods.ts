import { destinationRules, subsetsOf } from './rules-by-host';
import { Severity } from '../../../../core/problem';
import { hostsOf, isWildcard, KnownHost } from '../../../hosts';
import { ModelObject } from '../../../model';
import { Rule, RuleContext } from '../../../rule';
import { entriesOf, fieldsAt, fieldsOf, Labels, labelsOf, mapSelector, Selector, selectorText, selects, selectsAll, servicesOf, textOf, textsOf, Workload, workloadsOf } from '../../../workloads';

/** Labels that Istio adds to what it knows of a pod; their values are those of its node. */
const OF_THE_NODE = [
  'topology.istio.io/cluster', 'topology.istio.io/network', 'topology.istio.io/subzone', 'topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'kubernetes.io/hostname',
];

const WORLD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: reviews, namespace: shop }
spec:
  selector: { matchLabels: { app: reviews } }
  template:
    metadata: { labels: { app: reviews, version: v1 } }
    spec:
      containers: [{ name: reviews, image: example.com/reviews:1.2.0, ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec:
  selector: { app: reviews }
  ports: [{ name: http, port: 80, targetPort: 8080 }]
---
`;

export const subsetWithoutPods: Rule = {
  code: 'SM0819',
  title: 'a subset to which no pods belong',
  explanation: 'A subset is those pods of the Service that also have its labels. Requests to one that has no pods are answered with 503. Labels of a pod are those of the pod '
    + 'template, not those of the Deployment (istio pkg/config/analysis/analyzers/destinationrule/subset.go).',
  severity: Severity.WARNING,
  peers: ['IST0173', 'KIA0203'],
  example: {
    refused: `${WORLD}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: "1" } }]
`,
    accepted: `${WORLD}apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec:
  host: reviews
  subsets: [{ name: v1, labels: { version: v1 } }]
`,
  },
  check(context) {
    for (const rule of destinationRules(context.model)) {
      const subsets = subsetsOf(rule).map(({ field, value }) => ({ field, name: textOf(value.name), selector: mapSelector(value.labels) }))
        .filter(({ selector }) => !selectsAll(selector));
      if (subsets.length === 0) continue;
      const endpoints = endpointsOf(context, rule);
      if (endpoints === undefined) continue;
      for (const { field, name, selector } of subsets) {
        if (endpoints.some(endpoint => endpoint(selector))) continue;
        const known = endpoints.length > 0;
        context.report(rule, {
          field: `${field}.labels`,
          value: selectorText(selector),
          severity: known ? Severity.WARNING : Severity.INFO,
          reason: known ? `none of the pods behind ${textOf(fieldsOf(rule.manifest.spec).host)} has these labels` : 'the app writes no pods for this host',
          fix: `write labels that the pod template of subset ${name} has, or add them to it`,
        });
      }
    }
  },
};

/** Whether one of the things behind a host has given labels. */
type Endpoint = (selector: Selector) => boolean;

/** What is behind the host of a DestinationRule; undefined where nobody can say. */
function endpointsOf(context: RuleContext, rule: ModelObject): Endpoint[] | undefined {
  const { host, exportTo } = fieldsOf(rule.manifest.spec);
  const written = textOf(host);
  if (written === undefined || isWildcard(written)) return undefined;
  const { known } = hostsOf(context.model).find(written, rule, context.profile(rule), textsOf(exportTo));
  const endpoints = known.map(entry => behind(context, entry));
  return known.length === 0 || endpoints.some(found => found === undefined) ? undefined : endpoints.flatMap(found => found!);
}

function behind(context: RuleContext, { object }: KnownHost): Endpoint[] | undefined {
  if (object.group === '' && object.manifest.kind === 'Service') {
    const services = servicesOf(context.model);
    const service = services.find(object.namespace ?? 'default', object.name ?? '');
    return service?.selector === undefined ? undefined : services.podsOf(service).map(ofWorkload);
  }
  if (object.manifest.kind !== 'ServiceEntry') return undefined;
  const selector = mapSelector(fieldsAt(object.manifest, 'spec', 'workloadSelector').labels);
  if (!selectsAll(selector)) return workloadsOf(context.model).selectedBy(selector, object.namespace).map(ofWorkload);
  const endpoints = entriesOf(fieldsOf(object.manifest.spec).endpoints, '');
  // without endpoints it is one host for all subsets, which then differ in their policies alone
  return endpoints.length === 0 ? undefined : endpoints.map(({ value }) => ofLabels(labelsOf(value.labels)));
}

function ofWorkload(workload: Workload): Endpoint {
  return selector => selects(selector, workload.labels, (key, value) => OF_THE_NODE.includes(key) || workload.mayBe(key, value));
}

function ofLabels(labels: Labels): Endpoint {
  return selector => selects(selector, labels, key => OF_THE_NODE.includes(key));
}
