import { deployment } from './examples';
import { nameOf, onContainers } from './pods';
import { Severity } from '../../../core/problem';
import { entriesOf, fieldsOf, isGiven, textOf } from '../../workloads';

/** Names of variables that promise a secret. */
const SECRET_NAME = /secret|password|token|bearer|^AWS_SECRET_ACCESS_KEY$|^GOOGLE_APPLICATION_CREDENTIALS$|^AZURE_.+KEY$|^OCI_CLI_KEY_CONTENT$/i;
/** Of those, names that rather say where a secret is or how long it lasts. */
const ABOUT_A_SECRET = /_(?:FILE|PATH|DIR|URL|URI|ENDPOINT|HOST|NAME|TTL|EXPIRY|EXPIRATION|TIMEOUT|LIFETIME|ENABLED|AUDIENCE|ISSUER|TYPE|HEADER)$/i;
const PRIVATE_KEY = /-BEGIN\s+.*PRIVATE KEY-/i;

export const secretInVariable = onContainers({
  code: 'SM0725',
  title: 'secret written into a variable',
  explanation: 'Whoever may read the workload reads it, and it stands in every revision and in every backup of the cluster (Kubernetes documentation, good practices for Secrets).',
  severity: Severity.INFO,
  peers: ['sensitiveContainerEnvVar'],
  example: {
    refused: deployment({ container: 'env: [{ name: DB_PASSWORD, value: swordfish }]' }),
    accepted: deployment({ container: 'env: [{ name: DB_PASSWORD_FILE, value: /etc/db/password }]' }),
  },
  findings: container => entriesOf(container.value.env, `${container.field}.env`).flatMap(({ field, value }) => {
    const [name, text] = [textOf(value.name) ?? '', textOf(value.value)];
    if (text === undefined) return [];
    const key = PRIVATE_KEY.test(text);
    if (!key && (!SECRET_NAME.test(name) || ABOUT_A_SECRET.test(name) || /^\$\([\w.-]+\)$/.test(text))) return [];
    // the value itself must not reach a log
    return [{
      field: `${field}.value`,
      reason: `variable ${name} of ${nameOf(container)} holds ${key ? 'a private key' : 'what its name calls a secret'} in plain text`,
      fix: 'put it into a Secret and refer to its key with valueFrom.secretKeyRef, or mount it',
      ...!key && /secret/i.test(name) ? { peers: ['sensitiveContainerEnvVar', 'env-var-secret'] } : {},
    }];
  }),
});

export const secretFromVariable = onContainers({
  code: 'SM0727',
  title: 'Secret that is read from a variable',
  explanation: 'Variables are handed on to every process that a program starts, end up in dumps, and do not change when the Secret does; a mounted file does '
    + '(CIS Kubernetes Benchmark 5.4.1).',
  severity: Severity.INFO,
  peers: ['read-secret-from-env-var'],
  example: {
    refused: deployment({ container: 'env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: db, key: password, optional: true } } }]' }),
    accepted: deployment({
      pod: 'volumes: [{ name: db, secret: { secretName: db, optional: true } }]',
      container: 'volumeMounts: [{ name: db, mountPath: /etc/db, readOnly: true }]',
    }),
  },
  findings: container => entriesOf(container.value.env, `${container.field}.env`)
    .filter(({ value }) => isGiven(fieldsOf(value.valueFrom).secretKeyRef))
    .map(({ field, value }) => ({
      field: `${field}.valueFrom.secretKeyRef`,
      reason: `variable ${textOf(value.name) ?? ''} of ${nameOf(container)} holds what is in a Secret`,
      fix: 'mount the Secret and read the file, if the program can',
    })),
});
