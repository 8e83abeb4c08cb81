import { DatasourceReference, FieldOverride, GridPosition, RowPanel, Target, TimeSeriesPanel } from './model';
import { Panel, Section } from './panel';

const COLUMNS = 24;
const PANEL_WIDTH = 12;
const PANEL_HEIGHT = 8;
const ROW_HEIGHT = 1;

/** Numbers the panels and puts them side by side below the heading of their section. */
export function arrange(sections: readonly Section[], datasource: DatasourceReference, interval: string): (RowPanel | TimeSeriesPanel)[] {
  const placed: (RowPanel | TimeSeriesPanel)[] = [];
  let y = 0;
  for (const section of sections) {
    placed.push(heading(placed.length + 1, section.title, { x: 0, y, w: COLUMNS, h: ROW_HEIGHT }));
    y += ROW_HEIGHT;
    section.panels.forEach((panel, index) => {
      const perRow = COLUMNS / PANEL_WIDTH;
      const position = {
        x: (index % perRow) * PANEL_WIDTH,
        y: y + Math.floor(index / perRow) * PANEL_HEIGHT,
        w: PANEL_WIDTH,
        h: PANEL_HEIGHT,
      };
      placed.push(timeSeries(placed.length + 1, panel, position, datasource, interval));
    });
    y += Math.ceil(section.panels.length / (COLUMNS / PANEL_WIDTH)) * PANEL_HEIGHT;
  }
  return placed;
}

function heading(id: number, title: string, gridPos: GridPosition): RowPanel {
  return { id, type: 'row', title, collapsed: false, gridPos, panels: [] };
}

function timeSeries(id: number, panel: Panel, gridPos: GridPosition, datasource: DatasourceReference, interval: string): TimeSeriesPanel {
  return {
    id,
    type: 'timeseries',
    title: panel.title,
    description: panel.description,
    gridPos,
    datasource,
    interval,
    targets: panel.series.map(({ query, legend }, index): Target => ({
      refId: refId(index), datasource, expr: query.text, legendFormat: legend, range: true,
    })),
    fieldConfig: {
      defaults: { unit: panel.unit, min: 0, custom: { fillOpacity: 10, lineWidth: 1 } },
      overrides: panel.series.flatMap(({ color }, index): FieldOverride[] => color === undefined ? [] : [{
        matcher: { id: 'byFrameRefID', options: refId(index) },
        properties: [{ id: 'color', value: { mode: 'shades', fixedColor: color } }],
      }]),
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/** A, B, ... Z, AA, AB, ... */
function refId(index: number): string {
  const last = String.fromCharCode(65 + index % 26);
  return index < 26 ? last : refId(Math.floor(index / 26) - 1) + last;
}
