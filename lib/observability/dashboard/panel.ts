import { Unit } from './model';

/** One line, or one line per set of labels, of a panel. */
export interface Series {
  readonly query: { readonly text: string };
  readonly legend: string;
  /** Grafana's name of a color; lines get shades of it. */
  readonly color?: string;
}

/** A panel before it has a place. */
export interface Panel {
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  readonly series: readonly Series[];
}

/** Panels under a heading. */
export interface Section {
  readonly title: string;
  readonly panels: readonly Panel[];
}
