import { createHash } from 'crypto';
import { ApiObject } from 'cdk8s';
import { UNHASHED } from './revision';

type Json = { [field: string]: unknown };

/** Names the revision of a service after its content, patches included: what they change belongs to the content too. */
export function nameAfterContent(service: ApiObject, serviceName: string): void {
  const render = service.toJson.bind(service);
  const placeholder = `${serviceName}-${UNHASHED}`;
  Object.defineProperty(service, 'toJson', { value: () => named(render() as Json, placeholder, serviceName) });
}

function named(manifest: Json, placeholder: string, serviceName: string): Json {
  const spec = manifest.spec as { template?: { metadata?: Json }; traffic?: Json[] } | undefined;
  const metadata = spec?.template?.metadata;
  if (metadata?.name !== placeholder) return manifest;
  const name = `${serviceName}-${createHash('sha256').update(JSON.stringify(sorted(spec?.template))).digest('hex').slice(0, 10)}`;
  const traffic = Array.isArray(spec?.traffic)
    ? { traffic: spec.traffic.map(target => target?.revisionName === placeholder ? { ...target, revisionName: name } : target) }
    : {};
  return { ...manifest, spec: { ...spec, template: { ...spec?.template, metadata: { ...metadata, name } }, ...traffic } };
}

/** The order of fields is no content. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1).map(([key, entry]) => [key, sorted(entry)]));
}
