/**
 * The part of Grafana's dashboard JSON that is written here.
 *
 * @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 */
export interface DashboardModel {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly timezone: 'browser';
  readonly schemaVersion: number;
  readonly editable: boolean;
  readonly graphTooltip: 0 | 1 | 2;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly templating: { readonly list: readonly DatasourceVariable[] };
  readonly panels: readonly (RowPanel | TimeSeriesPanel)[];
}

export interface DatasourceVariable {
  readonly name: string;
  readonly label: string;
  readonly type: 'datasource';
  readonly query: 'prometheus';
}

export interface DatasourceReference {
  readonly type: 'prometheus';
  readonly uid: string;
}

/** Where a panel is, in columns (of 24) and rows. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface RowPanel {
  readonly id: number;
  readonly type: 'row';
  readonly title: string;
  readonly collapsed: false;
  readonly gridPos: GridPosition;
  readonly panels: readonly never[];
}

export interface TimeSeriesPanel {
  readonly id: number;
  readonly type: 'timeseries';
  readonly title: string;
  readonly description: string;
  readonly gridPos: GridPosition;
  readonly datasource: DatasourceReference;
  /** Least interval: Grafana makes its rate windows four times as long. */
  readonly interval: string;
  readonly targets: readonly Target[];
  readonly fieldConfig: FieldConfig;
  readonly options: {
    readonly legend: { readonly displayMode: 'list'; readonly placement: 'bottom'; readonly showLegend: boolean };
    readonly tooltip: { readonly mode: 'multi'; readonly sort: 'desc' };
  };
}

export interface Target {
  readonly refId: string;
  readonly datasource: DatasourceReference;
  readonly expr: string;
  readonly legendFormat: string;
  readonly range: true;
}

/** Units of Grafana: seconds, requests per second, a share from 0 to 1, a plain number. */
export type Unit = 's' | 'reqps' | 'percentunit' | 'short';

export interface FieldConfig {
  readonly defaults: { readonly unit: Unit; readonly min: number; readonly custom: { readonly fillOpacity: number; readonly lineWidth: number } };
  readonly overrides: readonly FieldOverride[];
}

export interface FieldOverride {
  readonly matcher: { readonly id: 'byFrameRefID'; readonly options: string };
  readonly properties: readonly { readonly id: 'color'; readonly value: { readonly mode: 'shades'; readonly fixedColor: string } }[];
}
