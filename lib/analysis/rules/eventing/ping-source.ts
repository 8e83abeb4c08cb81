import { SOURCES, specOf } from './brokers';
import { cronFlaw, isTimeZone } from './cron';
import { Finding, Rule } from '../../rule';
import { Fields, textOf } from '../../values';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const pingSchedule: Rule = {
  code: 'SM0356',
  title: 'PingSource with a schedule that never comes',
  explanation: 'A schedule has five fields, or six with seconds, or is a descriptor such as @hourly; @every is not supported; a time zone is one of the IANA database '
    + '(knative/eventing pkg/apis/sources/v1/ping_validation.go, github.com/robfig/cron).',
  peers: ['knative-validation'],
  check(context) {
    for (const source of context.model.ofKind(SOURCES, 'PingSource')) {
      for (const finding of scheduleFlaws(specOf(source))) context.report(source, finding);
    }
  },
  example: {
    refused: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '@every 2h'
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
    accepted: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '0 */2 * * *'
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};

export const pingData: Rule = {
  code: 'SM0357',
  title: 'PingSource with data that it cannot send',
  explanation: 'Either data or dataBase64 holds what is sent. What is called application/json has to be an object, and what is called Base64 has to be that '
    + '(knative/eventing pkg/apis/sources/v1/ping_validation.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const source of context.model.ofKind(SOURCES, 'PingSource')) {
      for (const finding of dataFlaws(specOf(source))) context.report(source, finding);
    }
  },
  example: {
    refused: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '0 2 * * *'
  contentType: application/json
  data: good night
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
    accepted: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '0 2 * * *'
  contentType: application/json
  data: '{"say": "good night"}'
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};

function scheduleFlaws(spec: Fields): Finding[] {
  const schedule = textOf(spec.schedule);
  const timezone = textOf(spec.timezone);
  const every = schedule?.includes('@every');
  // without one it is every minute
  const flaw = every ? 'intervals (@every) are not supported' : schedule && cronFlaw(schedule.replace(/^(?:CRON_)?TZ=\S+\s/, ''), { seconds: true });
  return [
    ...flaw ? [{
      field: 'spec.schedule',
      value: schedule,
      reason: `the schedule cannot be read: ${flaw}`,
      fix: every ? 'write fields, such as 0 */2 * * * for every two hours' : 'write minute, hour, day of the month, month and day of the week, such as */5 * * * *',
    }] : [],
    ...timezone && !isTimeZone(timezone) ? [{
      field: 'spec.timezone',
      value: timezone,
      reason: 'no such time zone is known',
      fix: 'write one of the IANA database, such as Europe/Paris',
    }] : [],
  ];
}

function dataFlaws(spec: Fields): Finding[] {
  const [data, encoded] = [textOf(spec.data), textOf(spec.dataBase64)];
  if (data && encoded) {
    return [{ field: 'spec.dataBase64', reason: 'data is set too, and only one of the two may', fix: 'remove data or dataBase64' }];
  }
  // Go's decoder skips line breaks
  const plain = encoded?.replace(/[\r\n]/g, '');
  if (plain && !BASE64.test(plain)) {
    return [{ field: 'spec.dataBase64', value: encoded, reason: 'it is no Base64', fix: 'encode it, padding included, or write plain text into data' }];
  }
  const [field, text] = plain ? ['dataBase64', Buffer.from(plain, 'base64').toString('utf8')] : ['data', data];
  if (!text || spec.contentType !== 'application/json' || isJsonObject(text)) return [];
  return [{ field: `spec.${field}`, value: spec[field], reason: 'contentType says application/json, and this is no JSON object', fix: 'write an object, or say another contentType' }];
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || (typeof value === 'object' && !Array.isArray(value));
  } catch {
    return false;
  }
}
