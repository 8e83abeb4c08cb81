import { inOrder } from './findings';
import { ModelOptions, modelOfFiles, SourceFile } from './reading';
import './attach';
import { Problem, Severity } from '../core/problem';
import { problemsOf } from '../core/validation';

/** How files are checked. */
export interface CheckOptions extends ModelOptions {
  /** How severe findings have to be to be looked for; all are unless said otherwise. */
  readonly least?: Severity;
}

/** Everything that reading and the rules find in files, in order; what is suppressed is left out. */
export function checkFiles(files: readonly SourceFile[], options: CheckOptions = {}): Problem[] {
  return inOrder(problemsOf(modelOfFiles(files, options), options.least));
}
