import { Answers, Malformed, Suppression } from './suppression';
import { subjectOf } from '../../core/problem';
import { ManifestModel, ModelObject } from '../model';
import { identityOf, sourceOf } from '../rule';

/** The annotation in which an object says which findings on it are answered for: `SM0105: reason; SM0203: reason`. */
export const IGNORE = 'serverless-mesh.io/ignore';

const ENTRY = /^([A-Za-z]+\d+)\s*(?::\s*(.*))?$/s;

/** What the objects of a model say of themselves. */
export function annotatedSuppressions(model: ManifestModel): Answers {
  const answers = model.objects.filter(hasAnnotation).map(answersOf);
  return { suppressions: answers.flatMap(answer => answer.suppressions), malformed: answers.flatMap(answer => answer.malformed) };
}

function hasAnnotation({ manifest }: ModelObject): boolean {
  const annotations: unknown = manifest.metadata.annotations;
  return typeof annotations === 'object' && annotations !== null && IGNORE in annotations;
}

function answersOf(object: ModelObject): Answers {
  const suppressions: Suppression[] = [];
  const malformed: Malformed[] = [];
  const field = `metadata.annotations[${IGNORE}]`;
  const origin = { construct: object.construct, path: object.path, field, object: identityOf(object), ...sourceOf(object, field) };
  const value: unknown = (object.manifest.metadata.annotations as Record<string, unknown>)[IGNORE];
  const fix = 'write a code, a colon and a reason, and semicolons between several: "SM0104: pinned by admission; SM0113: no secret"';
  if (typeof value !== 'string') return { suppressions, malformed: [{ reason: 'the annotation is no text', fix, value, origin }] };
  for (const entry of entriesOf(value)) {
    const [, code, reason] = ENTRY.exec(entry) ?? [];
    if (code === undefined) malformed.push({ reason: 'the annotation names no code', fix, value: entry, origin });
    else suppressions.push({ code, reason: reason ?? '', covers: problem => subjectOf(problem) === object.construct, origin });
  }
  return { suppressions, malformed };
}

/** A semicolon in a reason does not begin an entry unless a code follows. */
function entriesOf(text: string): string[] {
  return text.split(/[;\n](?=\s*(?:SM\d+|[A-Za-z]+\d+\s*(?::|;|$)|$))/).map(entry => entry.trim()).filter(entry => entry !== '');
}
