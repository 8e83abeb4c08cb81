import { App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { FileObject } from './file-object';
import { readFiles, SourceFile } from './read-files';
import { ClusterProfile } from '../../core/cluster-profile';
import { reportProblems } from '../../core/problem';
import { judgeAt } from '../moment';
import { applyConfig, ConfigFile } from '../suppression/config';

/** What files are checked against. */
export interface ModelOptions {
  /** The cluster that they are meant for; the default one unless said otherwise. */
  readonly profile?: ClusterProfile;
  /** What is suppressed. */
  readonly config?: ConfigFile;
  /** The moment for which they are judged; what comes to an end is left alone unless said otherwise. */
  readonly now?: Date;
}

/**
 * Files as a tree of constructs, one an object. What reading finds is reported on the root, so `problemsOf` gives it together with what
 * the rules find.
 */
export function modelOfFiles(files: readonly SourceFile[], options: ModelOptions = {}): IConstruct {
  const { documents, problems } = readFiles(files);
  const root = new App();
  options.profile?.applyTo(root);
  if (options.now) judgeAt(root, options.now);
  if (options.config) applyConfig(root, options.config);
  const chart = new Chart(root, 'files');
  documents.forEach((document, i) => new FileObject(chart, String(i), document));
  reportProblems(root, () => [...problems]);
  return root;
}
