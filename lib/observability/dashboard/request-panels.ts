import { Panel, Series } from './panel';
import { Window } from '../promql/window';
import { CodeClass, errorRatio, RequestMeter } from '../requests/request-meter';

const CODES: readonly { readonly codes: CodeClass; readonly color: string }[] = [
  { codes: '2', color: 'green' },
  { codes: '3', color: 'blue' },
  { codes: '4', color: 'orange' },
  { codes: '5', color: 'red' },
];

const SHARES: readonly { readonly share: number; readonly name: string; readonly color: string }[] = [
  { share: 0.5, name: 'p50', color: 'green' },
  { share: 0.95, name: 'p95', color: 'orange' },
  { share: 0.99, name: 'p99', color: 'red' },
];

/** Rate, errors and duration, the same for every way of counting requests. */
export function requestPanels<L extends string>(meters: readonly RequestMeter<L>[]): Panel[] {
  const window = Window.OF_PANEL;
  const each = (series: (meter: RequestMeter<L>, name: string) => Series[]) =>
    meters.flatMap(meter => series(meter, nameOf(meter, meters.length > 1)));
  return [
    {
      title: 'Requests by status',
      description: 'Requests per second by the class of their HTTP status.',
      unit: 'reqps',
      series: each((meter, name) => CODES.map(({ codes, color }) => ({
        query: meter.rateOf(codes, window), legend: `${name} ${codes}xx`, color,
      }))),
    },
    {
      title: 'Failed requests',
      description: 'Share of the requests that were answered with a server error. A gap means that there was no request.',
      unit: 'percentunit',
      series: each((meter, name) => [{ query: errorRatio(meter.errors(window), meter.rate(window)), legend: name }]),
    },
    {
      title: 'Latency',
      description: 'Time within which half, 95 % and 99 % of the requests were answered, interpolated within the buckets of the histogram.',
      unit: 's',
      series: each((meter, name) => SHARES.map(({ share, name: quantile, color }) => ({
        query: meter.latency(share, window), legend: `${name} ${quantile}`, color,
      }))),
    },
  ];
}

/** How a legend names a workload: by its namespace too where there are several. */
export function nameOf<L extends string>(meter: Pick<RequestMeter<L>, 'namespace' | 'workload'>, severalNamespaces: boolean): string {
  return severalNamespaces ? `{{${meter.namespace}}}/{{${meter.workload}}}` : `{{${meter.workload}}}`;
}
