import { parentsOfClients, routes } from './attached-routes';
import { Severity } from '../../../core/problem';
import { ModelObject } from '../../model';
import { Rule, RuleContext } from '../../rule';
import { entriesOf, Fields, fieldsOf, mapsOf, textOf } from '../../values';
import { regularExpressionFault } from '../istio/webhook/regular-expressions';
import { parseDuration } from '../serverless/go-values';

const GROUP = 'linkerd.io';
const SERVICE_HOST = /^([a-z0-9]([-a-z0-9]*[a-z0-9])?)\.([a-z0-9]([-a-z0-9]*[a-z0-9])?)\.svc\.[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

const profile = (name: string, route: string) => `apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: ${name}, namespace: shop }
spec:
  routes:
    - name: orders
      ${route}
`;

const HOST = 'orders.shop.svc.cluster.local';
const CONDITION = 'condition: { method: GET, pathRegex: /v1/orders/\\d+ }';

export const profileName: Rule = {
  code: 'SM1355',
  title: 'a ServiceProfile that no Service has',
  explanation: 'Proxies ask for the profile by the fully qualified host of the Service that they call (linkerd2 controller/api/destination/watcher/profile_watcher.go), so any other name is never asked for.',
  severity: Severity.ERROR,
  example: { refused: profile('orders', CONDITION), accepted: profile(HOST, CONDITION) },
  check(context) {
    for (const object of profiles(context)) {
      if (object.name === undefined || SERVICE_HOST.test(object.name)) continue;
      context.report(object, {
        field: 'metadata.name',
        value: object.name,
        reason: 'a ServiceProfile is found by the fully qualified host of its Service, and this is none',
        fix: `name it ${object.name.split('.')[0]}.${object.namespace ?? 'default'}.svc.${context.profile(object).clusterDomain}, or what the Service is called`,
      });
    }
  },
};

export const profileContent: Rule = {
  code: 'SM1356',
  title: 'a ServiceProfile that Linkerd refuses',
  explanation: 'Linkerd\'s admission webhook reads a profile strictly (linkerd2 pkg/profiles/profiles.go, Validate), and proxies leave out what they cannot compile. The schema has a list under '
    + 'condition.not and the webhook a single condition, so that neither passes.',
  example: { refused: profile(HOST, 'condition: { method: GET, pathRegex: "/v1/(orders" }'), accepted: profile(HOST, CONDITION) },
  check(context) {
    for (const object of profiles(context)) {
      const spec = fieldsOf(object.manifest.spec);
      const report = (field: string, value: unknown, reason: string, fix: string) => context.report(object, { field, value, reason, fix });
      for (const { field, value } of entriesOf(spec.routes, 'spec.routes')) {
        requestFaults(value.condition, `${field}.condition`, true, report);
        duration(value.timeout, `${field}.timeout`, report);
        if (value.name === '') report(`${field}.name`, '', 'a route has a name', 'name it: metrics are counted by it');
        for (const response of entriesOf(value.responseClasses, `${field}.responseClasses`)) responseFaults(response.value.condition, `${response.field}.condition`, report);
      }
      const { ttl, retryRatio } = fieldsOf(spec.retryBudget);
      duration(ttl, 'spec.retryBudget.ttl', report);
      if (typeof retryRatio === 'number' && retryRatio < 0) report('spec.retryBudget.retryRatio', retryRatio, 'a ratio is not negative', 'write such as 0.2');
    }
  },
};

export const profileOverRoute: Rule = {
  code: 'SM1357',
  title: 'a ServiceProfile beside a route for the same Service',
  explanation: 'Where a profile has routes, proxies of clients follow it and no HTTPRoute of the Service (linkerd2-proxy linkerd/app/outbound/src/sidecar.rs, should_override_policy).',
  severity: Severity.WARNING,
  example: {
    refused: `${profile(HOST, CONDITION)}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: orders, namespace: shop }
spec:
  parentRefs: [{ group: core, kind: Service, name: orders }]
  rules: [{ backendRefs: [{ name: orders-v2, port: 80 }] }]
`,
    accepted: profile(HOST, CONDITION),
  },
  check(context) {
    const byHost = new Map(profiles(context).filter(overrides).map(object => [SERVICE_HOST.exec(object.name ?? ''), object] as const)
      .flatMap(([host, object]) => host ? [[`${host[3]}/${host[1]}`, object] as const] : []));
    if (byHost.size === 0) return;
    for (const route of routes(context)) {
      for (const { field, value } of parentsOfClients(route)) {
        const over = value.kind === 'Service' ? byHost.get(`${textOf(value.namespace) ?? route.namespace}/${String(value.name)}`) : undefined;
        if (over === undefined) continue;
        context.report(route, {
          field: `${field}.name`,
          value: textOf(value.name),
          reason: `the ServiceProfile ${over.name} has routes for the same Service, and clients follow it alone`,
          fix: 'move its retries and timeouts to annotations of this route and delete the profile',
        });
      }
    }
  },
};

type Report = (field: string, value: unknown, reason: string, fix: string) => void;

function profiles({ model }: RuleContext): ModelObject[] {
  return [...model.ofKind(GROUP, 'ServiceProfile')];
}

/** A profile that only says which ports are opaque leaves routes alone. */
function overrides({ manifest }: ModelObject): boolean {
  const { routes: own, dstOverrides } = fieldsOf(manifest.spec);
  return mapsOf(own).length + mapsOf(dstOverrides).length > 0;
}

function requestFaults(given: unknown, field: string, outermost: boolean, report: Report): void {
  if (given === undefined || given === null) return;
  const condition = fieldsOf(given);
  if (saysNothing(condition, ['all', 'any', 'not', 'method', 'pathRegex'])) {
    report(field, undefined, 'a condition that asks nothing is refused', 'say method, pathRegex, all or any');
    return;
  }
  if (outermost && condition.not !== undefined) {
    report(`${field}.not`, undefined, 'the schema takes a list here and the webhook a single condition, so that whatever is written is refused', 'write it inside of all: [{ not: { … } }]');
  }
  const regex = textOf(condition.pathRegex);
  const fault = regex === undefined ? undefined : regularExpressionFault(regex);
  if (fault !== undefined) report(`${field}.pathRegex`, regex, `${fault}, so that proxies leave out the route`, 'mend the regular expression');
  for (const list of ['all', 'any']) entriesOf(condition[list], `${field}.${list}`).forEach(entry => requestFaults(entry.value, entry.field, false, report));
  if (!outermost) requestFaults(condition.not, `${field}.not`, false, report);
}

function responseFaults(given: unknown, field: string, report: Report): void {
  if (given === undefined || given === null) return;
  const condition = fieldsOf(given);
  if (saysNothing(condition, ['all', 'any', 'not', 'status'])) {
    report(field, undefined, 'a condition that asks nothing is refused', 'say status, all or any');
    return;
  }
  const { min, max } = fieldsOf(condition.status);
  for (const [name, status] of [['min', min], ['max', max]] as const) {
    if (typeof status === 'number' && status !== 0 && (status < 100 || status > 599)) report(`${field}.status.${name}`, status, 'no status of HTTP', 'write one from 100 to 599');
  }
  if (typeof min === 'number' && typeof max === 'number' && min > 0 && max > 0 && max < min) report(`${field}.status`, `${min}-${max}`, 'the range ends before it begins', 'turn min and max round');
  for (const list of ['all', 'any']) entriesOf(condition[list], `${field}.${list}`).forEach(entry => responseFaults(entry.value, entry.field, report));
  responseFaults(condition.not, `${field}.not`, report);
}

function duration(given: unknown, field: string, report: Report): void {
  if (typeof given !== 'string' || given === '' || parseDuration(given) !== undefined) return;
  report(field, given, 'no duration as Go writes it', 'write such as 300ms or 10s');
}

/** Whether a condition is empty. One that has other fields than those that there are is a finding of the schema. */
function saysNothing(condition: Fields, keys: readonly string[]): boolean {
  return Object.entries(condition).every(([key, value]) => keys.includes(key) && (value === undefined || value === null || value === ''));
}
