import { inOrder } from './findings';
import { ModelOptions, modelOfFiles, SourceFile } from './reading';
import './attach';
import { Problem } from '../core/problem';
import { problemsOf } from '../core/validation';

/** Everything that reading and the rules find in files, in order; what is suppressed is left out. */
export function checkFiles(files: readonly SourceFile[], options: ModelOptions = {}): Problem[] {
  return inOrder(problemsOf(modelOfFiles(files, options)));
}
