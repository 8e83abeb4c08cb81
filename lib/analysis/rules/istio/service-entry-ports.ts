import { Severity } from '../../../core/problem';
import { meshConfigOf } from '../../hosts';
import { ManifestModel, ModelObject } from '../../model';
import { Rule } from '../../rule';
import { entriesOf, Fields, fieldsAt, fieldsOf, numberOf, textOf, textsOf } from '../../workloads';

const ENTRY = (spec: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ledger, namespace: shop }
spec:
  hosts: [ledger.example.com]
  location: MESH_EXTERNAL
  resolution: DNS
${spec}`;

export const addressesRequired: Rule = {
  code: 'SM0631',
  title: 'ServiceEntry on TCP without addresses',
  explanation: 'A TCP connection carries no host name. Without addresses, and without DNS capture that allocates some, a sidecar takes every connection to the port for this host '
    + '(istio.io/latest/docs/reference/config/networking/service-entry).',
  severity: Severity.WARNING,
  peers: ['IST0134'],
  example: {
    refused: ENTRY('  ports: [{ number: 5432, name: tcp-ledger, protocol: TCP }]\n'),
    accepted: ENTRY('  addresses: [192.0.2.10]\n  ports: [{ number: 5432, name: tcp-ledger, protocol: TCP }]\n'),
  },
  check(context) {
    const { ISTIO_META_DNS_CAPTURE: capture, ...metadata } = fieldsAt(meshConfigOf(context.model), 'defaultConfig', 'proxyMetadata');
    const allocated = capture === 'true' && ['ISTIO_META_DNS_AUTO_ALLOCATE', 'PILOT_ENABLE_IP_AUTOALLOCATE'].some(key => metadata[key] === 'true');
    if (allocated) return;
    for (const entry of context.model.ofKind('networking.istio.io', 'ServiceEntry')) {
      const spec = fieldsOf(entry.manifest.spec);
      if (Array.isArray(spec.addresses) || textsOf(fieldsOf(entry.manifest.status).addresses).length > 0) continue;
      for (const { field, value } of entriesOf(spec.ports, 'spec.ports')) {
        if ((textOf(value.protocol) ?? 'TCP').toUpperCase() !== 'TCP') continue;
        context.report(entry, {
          field,
          reason: 'without addresses a sidecar takes every connection to this port for this host, unless it captures DNS',
          fix: 'write the addresses, or name a protocol that carries the host (TLS, HTTP)',
        });
      }
    }
  },
};

export const protocolConflict: Rule = {
  code: 'SM0632',
  title: 'one host and port, two protocols',
  explanation: 'Where two ServiceEntries that are visible in one namespace give a host and port different protocols, it is chance which one counts '
    + '(istio pkg/config/analysis/analyzers/serviceentry).',
  severity: Severity.WARNING,
  peers: ['IST0177', 'KIA1212'],
  example: {
    refused: `${ENTRY('  ports: [{ number: 443, name: tls, protocol: TLS }]\n')}---\n${ENTRY('  ports: [{ number: 443, name: http, protocol: HTTP }]\n').replace('name: ledger,', 'name: ledger-http,')}`,
    accepted: ENTRY('  ports: [{ number: 443, name: tls, protocol: TLS }]\n'),
  },
  check(context) {
    const said = new Set<ModelObject>();
    for (const { entries, host, port } of clashes(context.model)) {
      const protocols = [...new Set(entries.map(({ protocol }) => protocol || 'none'))].sort();
      for (const { entry, field } of entries) {
        if (said.has(entry)) continue;
        said.add(entry);
        const others = [...new Set(entries.filter(other => other.entry !== entry).map(other => other.entry.path))];
        context.report(entry, {
          field: `${field}.protocol`,
          reason: `port ${port} of ${host} has the protocols ${protocols.join(' and ')}${others.length > 0 ? `; ${others.join(', ')} ${others.length > 1 ? 'are' : 'is'} the other` : ''}`,
          fix: 'give it one protocol, or export them to different namespaces',
        });
      }
    }
  },
};

interface WrittenPort {
  readonly entry: ModelObject;
  readonly field: string;
  readonly protocol: string;
}

interface Clash {
  readonly host: string;
  readonly port: number;
  readonly entries: readonly WrittenPort[];
}

function clashes(model: ManifestModel): Clash[] {
  const scopes = new Map<string, { host: string; port: number; scope: string; entries: WrittenPort[] }>();
  for (const entry of model.ofKind('networking.istio.io', 'ServiceEntry')) {
    const spec: Fields = fieldsOf(entry.manifest.spec);
    for (const scope of scopesOf(textsOf(spec.exportTo), entry.namespace ?? 'default')) {
      for (const host of textsOf(spec.hosts)) {
        for (const { field, value } of entriesOf(spec.ports, 'spec.ports')) {
          const port = numberOf(value.number) ?? 0;
          const key = `${scope}/${host}:${port}`;
          const known = scopes.get(key) ?? { host, port, scope, entries: [] };
          known.entries.push({ entry, field, protocol: (textOf(value.protocol) ?? '').toUpperCase() });
          scopes.set(key, known);
        }
      }
    }
  }
  return [...scopes.values()]
    .map(({ host, port, scope, entries }) => ({ host, port, entries: scope === '*' ? entries : [...entries, ...scopes.get(`*/${host}:${port}`)?.entries ?? []] }))
    .filter(({ entries }) => new Set(entries.map(({ protocol }) => protocol)).size > 1);
}

function scopesOf(exportTo: readonly string[], namespace: string): string[] {
  if (exportTo.length === 0 || exportTo.includes('*')) return ['*'];
  return [...new Set(exportTo.map(scope => scope === '.' ? namespace : scope))];
}
