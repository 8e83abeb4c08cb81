import { imageFunction, onFunctions } from './lambda-rule';
import { Finding } from '../../../rule';
import { Fields, fieldsOf, isGiven, listOf } from '../../../values';

interface Range {
  readonly field: readonly string[];
  readonly what: string;
  readonly least: number;
  readonly most?: number;
  readonly unit: string;
}

const RANGES: readonly Range[] = [
  { field: ['memorySize'], what: 'memory', least: 128, most: 10240, unit: 'MB' },
  { field: ['timeout'], what: 'the time limit', least: 1, most: 900, unit: 'seconds' },
  { field: ['ephemeralStorage', 'size'], what: '/tmp', least: 512, most: 10240, unit: 'MB' },
  { field: ['reservedConcurrentExecutions'], what: 'reserved concurrency', least: 0, unit: 'invocations' },
  { field: ['functionEventInvokeConfig', 'maximumEventAgeInSeconds'], what: 'the age of an event', least: 60, most: 21600, unit: 'seconds' },
  { field: ['functionEventInvokeConfig', 'maximumRetryAttempts'], what: 'the number of retries', least: 0, most: 2, unit: 'retries' },
];

const MOST_LAYERS = 5;

export const lambdaFigures = onFunctions({
  code: 'SM0160',
  title: 'a figure that Lambda does not take',
  explanation: 'Lambda bounds memory, time, /tmp, layers and what becomes of asynchronous events; the controller passes the refusal on as a condition and tries '
    + 'again and again (docs.aws.amazon.com/lambda, API reference of CreateFunction and PutFunctionEventInvokeConfig, and Lambda quotas).',
  example: {
    refused: imageFunction('memorySize: 64', 'timeout: 1000'),
    accepted: imageFunction('memorySize: 128', 'timeout: 900'),
  },
  findings: spec => [...RANGES.flatMap(range => outOf(range, spec)), ...tooManyLayers(spec)],
});

function outOf({ field, what, least, most, unit }: Range, spec: Fields): Finding[] {
  const value = field.reduce<unknown>((at, key) => fieldsOf(at)[key], spec);
  if (typeof value !== 'number' || (Number.isInteger(value) && value >= least && (most === undefined || value <= most))) return [];
  const range = most === undefined ? `at least ${least}` : `${least} to ${most}`;
  return [{
    field: `spec.${field.join('.')}`,
    value,
    reason: `Lambda takes ${range} whole ${unit} for ${what}`,
    fix: `choose a whole number from that range${field[0] === 'timeout' ? '; what takes longer is a Job' : ''}`,
  }];
}

function tooManyLayers({ layers }: Fields): Finding[] {
  return !isGiven(layers) || listOf(layers).length <= MOST_LAYERS ? [] : [{
    field: 'spec.layers',
    value: listOf(layers).length,
    reason: `a function has at most ${MOST_LAYERS} layers`,
    fix: 'put what they hold into fewer layers, or into an image',
  }];
}
