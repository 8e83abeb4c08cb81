import { IConstruct } from 'constructs';
import { IMonitorable } from '../core/monitorable';

/** A stack that scrapes a workload, with the labels by which a Prometheus selects its monitors. */
export interface Scraper {
  readonly stack: IConstruct;
  readonly labels: { [key: string]: string };
}

const SCRAPERS = new WeakMap<IMonitorable, Scraper[]>();

/** Notes who scrapes a workload, over all stacks of an app. */
export function noteScraper(workload: IMonitorable, scraper: Scraper): void {
  const known = SCRAPERS.get(workload);
  if (known) known.push(scraper);
  else SCRAPERS.set(workload, [scraper]);
}

/** The stack that scraped a workload first, if the same Prometheus would now scrape it for another one. */
export function earlierScraper(workload: IMonitorable, { stack, labels }: Scraper): Scraper | undefined {
  const scrapers = SCRAPERS.get(workload) ?? [];
  const own = scrapers.findIndex(scraper => scraper.stack === stack);
  return scrapers.slice(0, own).find(scraper => sameLabels(scraper.labels, labels));
}

function sameLabels(a: { [key: string]: string }, b: { [key: string]: string }): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => a[key] === b[key]);
}
