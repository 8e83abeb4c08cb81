/** Registers shops through mocks of Pulumi, by `deploy` or by hand, and prints the milliseconds that it computed for that. */
import * as path from 'path';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { ApiObjectProps } from 'cdk8s';
import { compiled, ROOT } from './library';
import { appOf, shops } from './shop';
import type * as Bridge from '../lib/pulumi';

const [, , way, count] = process.argv;

async function main(): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { deploy } = require(path.join(ROOT, 'build', 'lib', 'pulumi', 'index.js')) as typeof Bridge;
  let registered = 0;
  await pulumi.runtime.setMocks({
    newResource: ({ custom, name, inputs }) => {
      if (custom) registered++;
      return { id: name, state: inputs as Record<string, unknown> };
    },
    call: () => ({}),
  });
  const app = appOf(compiled());
  shops(compiled(), app, Number(count));
  // rules and schemas are read once a process, whatever is done with them
  app.problems();
  const manifests = way === 'deploy' ? [] : app.charts.flatMap(chart => chart.toJson() as ApiObjectProps[]);
  const start = process.cpuUsage();
  if (way === 'deploy') deploy(app);
  else manifests.forEach(byHand);
  await (pulumi.runtime as unknown as { waitForRPCs(disconnect: boolean): Promise<void> }).waitForRPCs(false);
  const { user, system } = process.cpuUsage(start);
  process.stdout.write(JSON.stringify({ registered, milliseconds: (user + system) / 1e3 }));
}

function byHand(manifest: ApiObjectProps): void {
  const { kind, apiVersion, metadata } = manifest;
  const name = `${kind}/${metadata?.namespace}/${metadata?.name}`;
  const core = (k8s.core.v1 as unknown as Record<string, new (name: string, args: unknown) => unknown>)[kind];
  if (apiVersion === 'v1' && core) new core(name, manifest);
  else new k8s.apiextensions.CustomResource(name, manifest as never);
}

void main();
