import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { CatalogueEntry } from './catalogue';
import { canonical } from './json';
import { ImportRefusal } from './refusal';
import { Source, readSources } from './sources';

export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  enum?: unknown[];
  [keyword: string]: unknown;
}

export interface CrdVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly schema: { readonly openAPIV3Schema: Schema };
  readonly subresources?: { readonly status?: object; readonly scale?: Record<string, string> };
}

export interface Crd {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: readonly CrdVersion[];
  readonly source: Source;
}

/** A kind of the catalogue with the CRD that defines it and the version that was chosen. */
export interface ChosenKind {
  readonly entry: CatalogueEntry;
  readonly crd: Crd;
  readonly version: CrdVersion;
}

export function readKinds(crdDir: string, catalogue: readonly CatalogueEntry[]): ChosenKind[] {
  if (!fs.existsSync(crdDir)) {
    throw new ImportRefusal('crd-folder-missing', `There is no folder of CRDs at ${crdDir}`,
      'Give it as the first argument: npm run import -- CRD_DIR CORE_SCHEMAS');
  }
  const crds = readCrds(crdDir, catalogue);
  return catalogue.map(entry => choose(entry, crds.get(entry.project)!, path.join(crdDir, entry.project)));
}

function readCrds(crdDir: string, catalogue: readonly CatalogueEntry[]): Map<string, Crd[]> {
  const byProject = new Map<string, Crd[]>();
  const byName = new Map<string, { project: string; content: string }>();
  for (const project of new Set(catalogue.map(entry => entry.project))) {
    const folder = path.join(crdDir, project);
    if (!fs.existsSync(folder)) {
      throw new ImportRefusal('project-folder-missing', `The catalogue names the project ${project}, but ${folder} does not exist`,
        'Add the folder with its CRDs and its SOURCE, or take the project out of scripts/import/catalogue.ts');
    }
    const sources = readSources(folder, project);
    const kinds = catalogue.filter(entry => entry.project === project).map(entry => entry.kind);
    const found: Crd[] = [];
    for (const file of fs.readdirSync(folder).filter(name => /\.ya?ml$/.test(name)).sort()) {
      for (const { crd, content } of readFile(path.join(folder, file), kinds, sources)) {
        const other = byName.get(crd.name);
        if (other && other.content !== content) {
          throw new ImportRefusal('crd-conflict', `${crd.name} has different content in ${other.project} and ${project}`,
            'Keep the copy of the project that owns the CRD');
        }
        byName.set(crd.name, { project, content });
        found.push(crd);
      }
    }
    byProject.set(project, found);
  }
  return byProject;
}

function readFile(file: string, kinds: readonly string[], sources: Map<string, Source>): { crd: Crd; content: string }[] {
  const text = fs.readFileSync(file, 'utf8');
  // parsing takes most of the importer's time: files that name none of the wanted kinds are left alone
  if (!new RegExp(`kind: ["']?(${kinds.join('|')})["']?$`, 'm').test(text)) return [];
  return parseAllDocuments(text).flatMap(document => {
    if (document.errors.length > 0) {
      throw new ImportRefusal('yaml-invalid', `${file} is not valid YAML: ${document.errors[0].message}`, 'Mend the file');
    }
    const manifest = document.toJS();
    if (manifest?.kind !== 'CustomResourceDefinition') return [];
    const name: string = manifest.metadata.name;
    const source = sources.get(path.basename(file)) ?? refuseUnknownSource(file);
    const { group, names, scope, versions } = manifest.spec;
    return [{ crd: { name, group, kind: names.kind, plural: names.plural, scope, versions, source }, content: canonical(manifest.spec) }];
  });
}

function refuseUnknownSource(file: string): never {
  throw new ImportRefusal('source-unknown', `${path.join(path.dirname(file), 'SOURCE')} does not list ${path.basename(file)}`,
    'Add the file under "paths:" of the repository that it comes from');
}

function choose(entry: CatalogueEntry, crds: readonly Crd[], folder: string): ChosenKind {
  const crd = crds.find(candidate => candidate.group === entry.group && candidate.kind === entry.kind);
  if (!crd) {
    const files = fs.readdirSync(folder).filter(file => /\.ya?ml$/.test(file)).sort().join(', ');
    throw new ImportRefusal('kind-not-found', `${entry.kind} of ${entry.group} is not among the CRDs of ${entry.project} (${files})`,
      'Correct the kind, the group or the project in scripts/import/catalogue.ts');
  }
  const version = crd.versions.find(candidate => candidate.name === entry.version && candidate.served);
  if (!version) {
    const served = crd.versions.filter(candidate => candidate.served).map(candidate => candidate.name).join(', ');
    throw new ImportRefusal('version-not-served', `${entry.group}/${entry.version} ${entry.kind} is not a served version (served: ${served})`,
      'Choose the newest stable one of the served versions in scripts/import/catalogue.ts');
  }
  return { entry, crd, version };
}
