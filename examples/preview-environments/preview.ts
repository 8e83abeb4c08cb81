/**
 * Brings the order pipeline of a branch up in a namespace of its own, and down again.
 *
 *   npx tsx preview.ts up feature/new-checkout
 *   npx tsx preview.ts down feature/new-checkout
 */
import * as pulumi from '@pulumi/pulumi';
import { LocalWorkspace, Stack } from '@pulumi/pulumi/automation';
import { environmentOf } from './environment';
import { OrderPipeline, profile } from '../order-pipeline/order-pipeline';
import { clusterFromConfig, deploy, fromPulumi, PulumiApp } from 'cdk8s-serverless-mesh/pulumi';

const PROJECT = 'order-pipeline-previews';

/** What is deployed for a branch: the pipeline, in the namespace of the branch. */
export function program(namespace: string): () => Promise<{ url: pulumi.Output<string> }> {
  return async () => {
    const config = new pulumi.Config();
    const app = new PulumiApp({ profile });
    const pipeline = new OrderPipeline(app, { namespace, paymentToken: fromPulumi.string(config.requireSecret('paymentToken')) });
    const stack = deploy(app, clusterFromConfig(config));
    return { url: stack.field(pipeline.checkout, 'status.url') as pulumi.Output<string> };
  };
}

async function stackOf(branch: string): Promise<Stack> {
  const environment = environmentOf(branch);
  const stack = await LocalWorkspace.createOrSelectStack({ projectName: PROJECT, stackName: environment.stack, program: program(environment.namespace) });
  const token = process.env.PAYMENT_TOKEN;
  if (!token) throw new Error('set PAYMENT_TOKEN to a token of the payment provider\'s sandbox');
  await stack.setConfig('paymentToken', { value: token, secret: true });
  return stack;
}

async function up(branch: string): Promise<void> {
  const stack = await stackOf(branch);
  const { outputs } = await stack.up({ onOutput: text => process.stdout.write(text) });
  console.log(`${branch} takes orders at ${outputs.url?.value}`);
}

async function down(branch: string): Promise<void> {
  const stack = await stackOf(branch);
  await stack.destroy({ onOutput: text => process.stdout.write(text) });
  await stack.workspace.removeStack(stack.name);
}

async function main([command, branch]: string[]): Promise<void> {
  const commands: Record<string, (branch: string) => Promise<void>> = { up, down };
  if (!branch || !commands[command]) throw new Error('usage: preview.ts up|down BRANCH');
  await commands[command](branch);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
