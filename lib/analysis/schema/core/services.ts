import { atLeast, choice, cidr, ip, port, portOrName, portOrNone } from './amounts';
import { entriesIn, Facts, fieldsIn, isEmpty, say } from './facts';
import { checkLabels } from './metadata';
import { dns1035Label, dnsLabel, dnsSubdomain, portName, qualifiedName } from './names';
import { isIpv4 } from '../formats';
import { Fields, isAbsent, isFields } from '../structural';
import { ValueCheck } from '../values';
import { Complaint } from '../violation';
import { Walk } from '../walk';

const protocol = choice('TCP', 'UDP', 'SCTP');
const policyType = choice('Ingress', 'Egress');

const clusterIp: ValueCheck = value => value === 'None' ? undefined : ip(value);

const controllerName: ValueCheck = value => {
  const [domain, ...path] = typeof value === 'string' ? value.split('/') : ['a', 'b'];
  return dnsSubdomain(domain) === undefined && path.join('/') !== '' ? undefined : say('the text is no name of a controller', 'write a domain and a path, such as example.com/ingress-controller');
};

const ingressHost: ValueCheck = value => {
  if (typeof value !== 'string') return undefined;
  if (isIpv4(value)) return say('a host is no address', 'write a DNS name');
  return dnsSubdomain(value.startsWith('*.') ? value.slice(2) : value);
};

export const SERVICE_FACTS: Record<string, Facts> = {
  'core.v1.Service': {
    check: ({ spec }, walk) => {
      if (isAbsent(spec)) walk.report('missing', say('a service has a port', 'add at least one'), undefined, ['spec', 'ports']);
    },
  },
  'core.v1.ServiceSpec': {
    unique: ['ports'],
    fields: {
      type: choice('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
      sessionAffinity: choice('ClientIP', 'None'),
      clusterIP: clusterIp,
      externalTrafficPolicy: choice('Cluster', 'Local'),
      internalTrafficPolicy: choice('Cluster', 'Local'),
      ipFamilyPolicy: choice('SingleStack', 'PreferDualStack', 'RequireDualStack'),
      healthCheckNodePort: portOrNone,
    },
    check: checkService,
  },
  'core.v1.ServicePort': {
    defaults: { protocol: 'TCP' },
    filled: ['port'],
    fields: { port, nodePort: portOrNone, targetPort: value => value === 0 ? undefined : portOrName(value), protocol, name: dnsLabel, appProtocol: qualifiedName },
  },
  'core.v1.ClientIPConfig': { fields: { timeoutSeconds: atLeast(1) } },
  'networking.v1.Ingress': { check: ({ spec }, walk) => isAbsent(spec) && checkIngress({}, walk) },
  'networking.v1.IngressSpec': { check: checkIngress },
  'networking.v1.IngressTLS': {
    check: ({ hosts }, walk) => (Array.isArray(hosts) ? hosts : []).forEach((host, i) => {
      const complaint = ingressHost(host);
      if (complaint) walk.report('value', complaint, host, ['hosts', i]);
    }),
  },
  'networking.v1.IngressRule': { fields: { host: ingressHost } },
  'networking.v1.HTTPIngressRuleValue': { filled: ['paths'] },
  'networking.v1.HTTPIngressPath': { filled: ['pathType', 'backend'], check: checkPath },
  'networking.v1.IngressBackend': { one: ['service', 'resource'] },
  'networking.v1.IngressServiceBackend': {
    filled: ['name'],
    fields: { name: dns1035Label },
    check: ({ port: at }, walk) => {
      const { name, number } = fieldsIn(at);
      const set = [name, number].filter(one => !isEmpty(one) && one !== 0).length;
      if (set !== 1) walk.report('combination', say(set === 0 ? 'the backend names no port' : 'only one of name, number may be set', 'write either port.name or port.number'), undefined, ['port']);
    },
  },
  'networking.v1.ServiceBackendPort': { fields: { name: portName, number: portOrNone } },
  'networking.v1.IngressClassSpec': { filled: ['controller'], fields: { controller: controllerName } },
  'networking.v1.NetworkPolicySpec': {
    optional: ['podSelector'],
    check: ({ policyTypes }, walk) => {
      if (!Array.isArray(policyTypes)) return;
      policyTypes.forEach((type, i) => {
        const complaint = policyType(type);
        if (complaint) walk.report('value', complaint, type, ['policyTypes', i]);
      });
      if (policyTypes.length > 2) walk.report('value', say('there are only two types', 'write each of Ingress and Egress at most once'), undefined, ['policyTypes']);
    },
  },
  'networking.v1.NetworkPolicyPort': {
    fields: { protocol, port: portOrName, endPort: port },
    check: ({ port: from, endPort }, walk) => {
      if (isAbsent(endPort)) return;
      if (typeof from !== 'number') walk.report('combination', say('a range of ports begins with a number', 'write port as a number, or remove endPort'), undefined, ['endPort']);
      else if (typeof endPort === 'number' && endPort < from) walk.report('value', say(`the range ends before it begins at ${from}`, 'write a number that is not below port'), endPort, ['endPort']);
    },
  },
  'networking.v1.NetworkPolicyPeer': {
    check: ({ podSelector, namespaceSelector, ipBlock }, walk) => {
      const selected = !isAbsent(podSelector) || !isAbsent(namespaceSelector);
      if (!selected && isAbsent(ipBlock)) walk.report('combination', say('one of podSelector, namespaceSelector, ipBlock has to be set', 'add one of them'));
      if (selected && !isAbsent(ipBlock)) walk.report('combination', say('addresses and selectors exclude each other', 'make two entries of it'), undefined, ['ipBlock']);
    },
  },
  'networking.v1.IPBlock': {
    filled: ['cidr'],
    fields: { cidr },
    check: ({ except }, walk) => (Array.isArray(except) ? except : []).forEach((one, i) => {
      const complaint = cidr(one);
      if (complaint) walk.report('value', complaint, one, ['except', i]);
    }),
  },
};

function checkService(spec: Fields, walk: Walk): void {
  checkLabels(spec.selector, 'selector', walk);
  const ports = entriesIn(spec.ports);
  const external = spec.type === 'ExternalName';
  if (external && isEmpty(spec.externalName)) walk.report('missing', say('a service of this type is another name of a host', 'add it: a DNS name'), undefined, ['externalName']);
  if (external && spec.clusterIP !== undefined && spec.clusterIP !== '') {
    walk.report('combination', say('a service of the type ExternalName has no address', 'remove it'), spec.clusterIP, ['clusterIP']);
  }
  if (!external && ports.length === 0 && spec.clusterIP !== 'None') walk.report('missing', say('a service has a port', 'add at least one'), undefined, ['ports']);
  if (spec.type === 'LoadBalancer' && spec.clusterIP === 'None') {
    walk.report('combination', say('a load balancer leads to an address', 'leave clusterIP out, or write type: ClusterIP'), spec.clusterIP, ['clusterIP']);
  }
  if (spec.type === 'NodePort' && spec.clusterIP === 'None') {
    walk.report('combination', say('ports of nodes lead to an address', 'leave clusterIP out, or write type: ClusterIP'), spec.clusterIP, ['clusterIP']);
  }
  if (!isEmpty(spec.externalTrafficPolicy) && (isEmpty(spec.type) || spec.type === 'ClusterIP') && isEmpty(spec.externalIPs)) {
    walk.report('combination', say('nothing reaches this service from outside', 'remove it, or choose the type LoadBalancer or NodePort'), spec.externalTrafficPolicy, ['externalTrafficPolicy']);
  }
  checkPorts(ports, isEmpty(spec.type) || spec.type === 'ClusterIP', walk);
}

function checkPorts(ports: readonly Fields[], inside: boolean, walk: Walk): void {
  const names = ports.map(entry => entry.name);
  ports.forEach((entry, i) => {
    if (ports.length > 1 && isEmpty(entry.name)) walk.report('missing', say('of several ports each has a name', 'add it: a text'), undefined, ['ports', i, 'name']);
    if (!isEmpty(entry.name) && names.indexOf(entry.name) < i) {
      walk.report('duplicate', say(`entry ${names.indexOf(entry.name)} has the same name`, 'give each port another name'), entry.name, ['ports', i, 'name']);
    }
    if (inside && typeof entry.nodePort === 'number' && entry.nodePort !== 0) {
      walk.report('combination', say('a service of the type ClusterIP takes no port of the nodes', 'remove it, or choose the type NodePort'), entry.nodePort, ['ports', i, 'nodePort']);
    }
  });
}

function checkIngress({ rules, defaultBackend }: Fields, walk: Walk): void {
  if (isEmpty(rules) && !isFields(defaultBackend)) {
    walk.report('missing', say('an Ingress leads somewhere', 'add rules, or defaultBackend'), undefined, ['rules']);
  }
}

function checkPath({ path, pathType }: Fields, walk: Walk): void {
  const kind = choice('Exact', 'Prefix', 'ImplementationSpecific')(pathType);
  if (!isEmpty(pathType) && kind) walk.report('value', kind, pathType, ['pathType']);
  const complaint = pathComplaint(path, pathType);
  if (complaint) walk.report('value', complaint, path, ['path']);
}

function pathComplaint(path: unknown, type: unknown): Complaint | undefined {
  if (type === 'Exact' || type === 'Prefix') {
    if (typeof path !== 'string' || !path.startsWith('/')) return say('the path is not absolute', 'begin it with /');
    if (path.includes('//')) return say('the path has an empty part', 'remove the second /');
    return /\/\.\.?(?:\/|$)|%2f/i.test(path) ? say('the path has a part . or .. or an escaped /', 'write it without') : undefined;
  }
  return typeof path !== 'string' || path === '' || path.startsWith('/') ? undefined : say('the path is not absolute', 'begin it with /');
}
