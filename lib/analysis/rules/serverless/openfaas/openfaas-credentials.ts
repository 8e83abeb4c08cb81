import { onOpenFaasFunctions, openFaasFunction } from './openfaas-rule';
import { Severity } from '../../../../core/problem';
import { textMapOf } from '../../../values';

const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s:]*:[^/?#@\s]+@/i;
const PRIVATE_KEY = /-BEGIN\s+.*PRIVATE KEY-/i;

export const openFaasCredentials = onOpenFaasFunctions({
  code: 'SM0173',
  title: 'a password in a variable of a function of OpenFaaS',
  explanation: 'Whoever may read the Function or its Deployment reads the password. OpenFaaS mounts the Secrets that spec.secrets names below /var/openfaas/secrets '
    + '(docs.openfaas.com/reference/secrets).',
  severity: Severity.WARNING,
  example: {
    refused: openFaasFunction('environment: { DATABASE_URL: "postgres://figlet:secret@ledger/texts" }'),
    accepted: openFaasFunction('secrets: [ledger]', 'environment: { DATABASE_URL_FILE: /var/openfaas/secrets/ledger }'),
  },
  findings: spec => Object.entries(textMapOf(spec.environment))
    .filter(([, value]) => URL_WITH_PASSWORD.test(value) || PRIVATE_KEY.test(value))
    // the value itself must not reach a log
    .map(([name, value]) => ({
      field: `spec.environment[${name}]`,
      reason: `variable ${name} holds ${PRIVATE_KEY.test(value) ? 'a private key' : 'a URL with a password'} in plain text`,
      fix: 'put it into a Secret of the namespace, name it in spec.secrets, and read the file',
    })),
});
