import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Problem, Severity } from '../lib';
import { schemaErrors } from './schema';
import { problemsOf } from '../lib/core/validation';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** A chart with a namespace under a plain cdk8s App: what most tests build in. */
export function shopChart(namespace = 'shop'): Chart {
  return new Chart(new App(), 'chart', { namespace });
}

/** Every manifest below a construct, in tree order, each held against its schema. */
export function manifests(scope: IConstruct): Json[] {
  const rendered = scope.node.findAll().filter(c => ApiObject.isApiObject(c)).map(c => (c as ApiObject).toJson());
  const errors = rendered.flatMap(m => schemaErrors(m).map(error => `${m.kind}/${m.metadata.name}: ${error}`));
  if (errors.length > 0) throw new Error(`refused by the schema:\n${errors.join('\n')}`);
  return rendered;
}

/** The one manifest of a kind (and a name) below a construct; fails where there are none or several. */
export function manifest(scope: IConstruct, kind: string, name?: string): Json {
  const found = manifests(scope).filter(m => m.kind === kind && (name === undefined || m.metadata.name === name));
  if (found.length !== 1) {
    throw new Error(`expected one ${kind} ${name ?? ''}, found ${found.length} among ${manifests(scope).map(m => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  }
  return found[0];
}

/** Problems of the app that a construct belongs to: those with a code, or all but advice where none is named. */
export function problems(scope: IConstruct, code?: string): Problem[] {
  return problemsOf(scope.node.root).filter(problem => code === undefined ? problem.severity !== Severity.INFO : problem.code === code);
}
