import { SOURCES, specOf } from './brokers';
import { Rule } from '../../rule';
import { fieldsOf } from '../../values';

const KINDS = ['SinkBinding', 'ApiServerSource', 'PingSource', 'ContainerSource'];

export const extensionNames: Rule = {
  code: 'SM0359',
  title: 'extension of an event with a name that it cannot have',
  explanation: 'Names of CloudEvents attributes are letters and digits (knative.dev/pkg apis/duck/v1/source_types.go).',
  peers: ['knative-validation'],
  check(context) {
    for (const source of KINDS.flatMap(kind => [...context.model.ofKind(SOURCES, kind)])) {
      const names = Object.keys(fieldsOf(fieldsOf(specOf(source).ceOverrides).extensions));
      for (const name of names.filter(key => !/^[A-Za-z0-9]+$/.test(key))) {
        context.report(source, {
          field: 'spec.ceOverrides.extensions',
          value: name,
          reason: 'an attribute of an event is named by letters and digits',
          fix: `write ${name.toLowerCase().replace(/[^a-z0-9]/g, '') || 'such a name'}`,
        });
      }
    }
  },
  example: {
    refused: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '0 2 * * *'
  ceOverrides:
    extensions: { cost-centre: shop }
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
    accepted: `
apiVersion: sources.knative.dev/v1
kind: PingSource
metadata: { name: nightly, namespace: shop }
spec:
  schedule: '0 2 * * *'
  ceOverrides:
    extensions: { costcentre: shop }
  sink: { uri: http://mailer.shop.svc.cluster.local }
`,
  },
};
