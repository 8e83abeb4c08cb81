import { ApiObject, App, Chart, Names, YamlOutputType } from 'cdk8s';
import { Manifest, render } from '../rendering';
import { Order } from './ordering';
import { YamlWriter } from './yaml-writer';

/** What a synth puts into the output folder: folders and the text of every file, by path below it. */
export interface Output {
  readonly folders: string[];
  readonly files: Map<string, string>;
}

/** Everything that cdk8s would write for an app, under the names that it would use. */
export function outputOf(app: App, order: Order): Output {
  const output: Output = { folders: [], files: new Map() };
  const writer = new YamlWriter();
  const put = (name: string, documents: unknown[]) => output.files.set(`${name}${app.outputFileExtension}`, yamlOf(documents, writer));
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      if (order.charts.length > 0) put('app', documentsOfApp(order));
      break;
    case YamlOutputType.FILE_PER_CHART:
      order.charts.forEach((chart, i) => put(chartName(order, chart, i), documentsOf(order, chart)));
      break;
    case YamlOutputType.FILE_PER_RESOURCE:
      for (const document of documentsOfApp(order)) {
        if (document !== undefined) put(fileName(document.kind, document.metadata?.name), [document]);
      }
      break;
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      order.charts.forEach((chart, i) => {
        const folder = chartName(order, chart, i);
        output.folders.push(folder);
        for (const object of order.objectsOf(chart)) put(`${folder}/${fileName(object.kind, object.metadata.name)}`, [manifestOf(object)]);
      });
      break;
  }
  return output;
}

/** The documents of an app, chart by chart. */
export function documentsOfApp(order: Order): (Manifest | undefined)[] {
  return order.charts.flatMap(chart => documentsOf(order, chart));
}

/** As `Yaml.stringify` writes several documents, whose arguments are limited in number. */
export function yamlOf(documents: unknown[], writer = new YamlWriter()): string {
  return documents.map(document => writer.write(document)).join('---\n');
}

/** The file in which the cdk8s CLI looks up which construct an object comes from. */
export function constructMetadata(order: Order): string {
  const resources: { [name: string]: { path: string } } = {};
  for (const object of order.charts.flatMap(chart => order.objectsOf(chart))) resources[object.name] = { path: object.node.path };
  return JSON.stringify({ version: '1.0.0', resources });
}

function documentsOf(order: Order, chart: Chart): (Manifest | undefined)[] {
  // a chart with its own `toJson` has the last word on what it consists of, as in cdk8s
  if (chart.toJson !== Chart.prototype.toJson) return Object.values(chart.toJson());
  return order.objectsOf(chart).map(manifestOf);
}

function manifestOf(object: ApiObject): Manifest | undefined {
  const { manifest, failure } = render(object);
  if (failure) throw failure;
  return manifest;
}

function chartName(order: Order, chart: Chart, index: number): string {
  const name = Names.toDnsLabel(chart);
  return order.hasDependantCharts ? `${index.toString().padStart(4, '0')}-${name}` : name;
}

function fileName(kind: unknown, name: unknown): string {
  return `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
