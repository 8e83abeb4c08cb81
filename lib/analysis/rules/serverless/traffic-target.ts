import { REFUSED_BY_KNATIVE } from './knative-rule';
import { isQualifiedName } from './names';
import { onTraffic } from './traffic';
import { Finding } from '../../rule';
import { Fields, isGiven, isSet } from '../../values';

export const trafficTarget = onTraffic({
  code: 'SM0139',
  title: 'a target of traffic that is none',
  explanation: 'A target is a named revision or the latest one, of the service itself or, for a Route, of a named configuration '
    + '(knative/serving pkg/apis/serving/v1/route_validation.go, TrafficTarget.Validate).',
  peers: REFUSED_BY_KNATIVE,
  example: {
    refused: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
  traffic:
    - revisionName: checkout-00001
      latestRevision: true
      percent: 100
`,
    accepted: `apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec:
  template:
    spec:
      containers:
        - image: registry.example.com/shop/checkout:1.0.0
  traffic:
    - revisionName: checkout-00001
      percent: 100
`,
  },
  findings: ({ targets, ofService }) => targets.flatMap((target, i) => targetFindings(target, ofService, `spec.traffic[${i}]`)),
});

function targetFindings(target: Fields, ofService: boolean, at: string): Finding[] {
  const { revisionName, configurationName, latestRevision, url } = target;
  const findings: Finding[] = [];
  const report = (name: string, reason: string, fix: string) => findings.push({ field: `${at}.${name}`, value: target[name], reason, fix });

  if (isGiven(latestRevision) && latestRevision === isSet(revisionName)) {
    report('latestRevision', latestRevision ? 'a named revision is not the latest one' : 'without a named revision the target is the latest one',
      latestRevision ? 'drop latestRevision or revisionName' : 'name the revision with revisionName, or drop latestRevision');
  }
  if (ofService && isSet(configurationName)) {
    report('configurationName', 'the configuration is the service itself', 'drop it');
  } else if (isSet(revisionName) && isSet(configurationName)) {
    report('configurationName', 'a target is a revision or a configuration', 'drop one of configurationName and revisionName');
  } else if (!ofService && !isSet(revisionName) && !isSet(configurationName)) {
    findings.push({ field: at, reason: 'the target names neither a revision nor a configuration', fix: 'name one of configurationName and revisionName' });
  }
  for (const name of ['revisionName', 'configurationName'].filter(candidate => isSet(target[candidate]))) {
    if (!isQualifiedName(String(target[name]))) report(name, 'no object can have this name', 'write the name of the object as it is in the cluster');
  }
  if (isSet(url)) report('url', 'the URL is what Knative answers, in status', 'drop it');
  return findings;
}
