import { isEverywhere, isWithin } from './addresses';
import { allowed, Answer, denied, depends, listed, named } from './answer';
import { Party } from './party';
import { PodIndex } from './pod-index';
import { allOf, anyOf, not, Truth } from './truth';
import { ManifestModel, ModelObject } from '../model';
import { entriesOf, Fields, fieldsAt, fieldsOf, isGiven, numberOf, textOf, textsOf } from '../values';
import { Labels, labelSelector, labelsOf, Selector, selects, selectsAll } from '../workloads/labels';
import { isSelected, portsOf } from '../workloads/workload';

/** A connection as the network sees it; the mesh may carry it on another port than the one it is for. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly port?: number;
}

/**
 * What NetworkPolicies say: pods that none selects for a direction take everything in that direction, all others what one of the rules lets
 * through; both ends must agree (Kubernetes API, networking.k8s.io/v1 NetworkPolicySpec). Undefined where the app has none for either end.
 */
export function networkAnswer(model: ManifestModel, connection: Connection): Answer | undefined {
  const policies = model.derived(readPolicies);
  if (policies.isEmpty) return undefined;
  const { from, to } = connection;
  const answers = [
    direction(model, policies.candidates(from.namespace, from), 'egress', from, connection),
    direction(model, policies.candidates(to.namespace, to), 'ingress', to, connection),
  ].filter(answer => answer !== undefined);
  const rank = { denied: 0, depends: 1, allowed: 2 } as const;
  return answers.sort((a, b) => rank[a.outcome] - rank[b.outcome])[0];
}

function direction(model: ManifestModel, policies: readonly ModelObject[], way: 'ingress' | 'egress', pods: Party, connection: Connection): Answer | undefined {
  const asked = new Set<string>();
  const selecting = policies.filter(policy => typesOf(policy).includes(way)).map(policy => ({
    policy,
    selected: selectedBy(labelSelector(fieldsOf(policy.manifest.spec).podSelector), pods, asked),
  })).filter(({ selected }) => selected !== false);
  if (selecting.length === 0) return undefined;
  const verb = way === 'ingress' ? 'lets it in' : 'lets it out';
  const openOnes: ModelObject[] = [];
  for (const { policy } of selecting) {
    const admits = anyOf(entriesOf(fieldsOf(policy.manifest.spec)[way], way), ({ value }) => admitsBy(model, value, way, policy, connection, asked));
    if (admits === true) return allowed(`${named(policy)} ${verb}`, policy);
    if (admits === undefined) openOnes.push(policy);
  }
  const sure = selecting.find(({ selected }) => selected === true);
  if (openOnes.length > 0 || sure === undefined) {
    const by = openOnes[0] ?? selecting[0].policy;
    return depends(`${named(by)} ${verb} or not, depending on ${listed(asked)}`, by);
  }
  const others = selecting.length > 1 ? `, nor does any of the other ${selecting.length - 1}` : '';
  return denied(`no rule of ${named(sure.policy)}, which selects the pods of ${pods.name}, ${verb}${others}`, sure.policy);
}

function admitsBy(model: ManifestModel, rule: Fields, way: 'ingress' | 'egress', policy: ModelObject, connection: Connection, asked: Set<string>): Truth {
  const peers = entriesOf(rule[way === 'ingress' ? 'from' : 'to'], '');
  const ports = entriesOf(rule.ports, '');
  const other = way === 'ingress' ? connection.from : connection.to;
  return allOf([
    () => peers.length === 0 ? true : anyOf(peers, ({ value }) => isPeer(model, value, policy.namespace, other, asked)),
    () => ports.length === 0 ? true : anyOf(ports, ({ value }) => isPort(value, connection, asked)),
  ], part => part());
}

function isPeer(model: ManifestModel, peer: Fields, namespace: string | undefined, party: Party, asked: Set<string>): Truth {
  if (isGiven(peer.ipBlock)) return isInBlock(fieldsOf(peer.ipBlock), party, asked);
  if (party.namespace === undefined) return false;
  return allOf([
    () => isGiven(peer.namespaceSelector) ? namespaceMatches(model, labelSelector(peer.namespaceSelector), party.namespace!, asked) : party.namespace === namespace,
    () => isGiven(peer.podSelector) ? selectedBy(labelSelector(peer.podSelector), party, asked) : true,
  ], part => part());
}

function isInBlock(block: Fields, party: Party, asked: Set<string>): Truth {
  const cidr = textOf(block.cidr) ?? '';
  const except = textsOf(block.except);
  if (party.address !== undefined) return isWithin(cidr, party.address) && !except.some(one => isWithin(one, party.address!));
  if (isEverywhere(cidr) && except.length === 0) return true;
  asked.add(`the address of ${party.name}`);
  return undefined;
}

function isPort(port: Fields, { to, port: actual }: Connection, asked: Set<string>): Truth {
  if ((textOf(port.protocol) ?? 'TCP') !== 'TCP') return false;
  if (!isGiven(port.port)) return true;
  const number = numberOf(port.port);
  if (actual === undefined) {
    asked.add(`the port of ${to.name}`);
    return undefined;
  }
  if (number !== undefined) return actual >= number && actual <= (numberOf(port.endPort) ?? number);
  if (to.workload) return portsOf(to.workload).some(one => one.name === port.port && one.number === actual);
  asked.add(`the names of the ports of ${to.name}`);
  return undefined;
}

function namespaceMatches(model: ManifestModel, selector: Selector, namespace: string, asked: Set<string>): Truth {
  if (selectsAll(selector)) return true;
  const object = model.byName('', 'Namespace', undefined, namespace);
  const own: Labels = { ...object ? labelsOf(object.manifest.metadata.labels) : {}, 'kubernetes.io/metadata.name': namespace };
  if (selects(selector, own)) return true;
  if (object) return false;
  // the name is known of every namespace, its other labels only of those that the app writes
  const possible = selects(selector, own, (key, value) => key !== 'kubernetes.io/metadata.name' || value === namespace);
  if (possible) asked.add(`the labels of namespace ${namespace}`);
  return possible ? undefined : false;
}

function selectedBy(selector: Selector, party: Party, asked: Set<string>): Truth {
  if (selectsAll(selector)) return true;
  if (party.labels === undefined) {
    asked.add(`the labels of ${party.name}`);
    return undefined;
  }
  if (selects(selector, party.labels)) return true;
  if (!party.workload || !isSelected(party.workload, selector)) return not(true);
  asked.add(`labels that the cluster gives to ${party.name}`);
  return undefined;
}

function typesOf(policy: ModelObject): string[] {
  const spec = fieldsOf(policy.manifest.spec);
  const types = textsOf(spec.policyTypes).map(type => type.toLowerCase());
  if (types.length > 0) return types;
  return ['ingress', ...entriesOf(fieldsAt(policy.manifest, 'spec').egress, '').length > 0 ? ['egress'] : []];
}

function readPolicies(model: ManifestModel): PodIndex {
  return new PodIndex(model.ofKind('networking.k8s.io', 'NetworkPolicy'), policy => labelsOf(fieldsAt(policy.manifest, 'spec', 'podSelector').matchLabels));
}
