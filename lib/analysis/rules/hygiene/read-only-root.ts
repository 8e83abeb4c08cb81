import { deployment } from './examples';
import { effective, nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';

export const readOnlyRoot = onContainers({
  code: 'SM0703',
  title: 'container that can change its own files',
  explanation: 'With a read-only root file system nobody who breaks in can replace the program. What has to be written goes to an emptyDir.',
  severity: Severity.INFO,
  peers: ['no-read-only-root-fs', 'notReadOnlyRootFilesystem'],
  example: {
    refused: deployment({ container: 'securityContext: { readOnlyRootFilesystem: false }' }),
    accepted: deployment({ container: 'securityContext: { readOnlyRootFilesystem: true }' }),
  },
  findings: container => {
    const readOnly = effective(container, 'readOnlyRootFilesystem');
    return readOnly === true ? [] : [{
      field: `${container.field}.securityContext.readOnlyRootFilesystem`,
      value: readOnly,
      reason: `${nameOf(container)} can change the files that it runs from`,
      fix: 'set it to true, and mount an emptyDir where the program writes',
    }];
  },
});
