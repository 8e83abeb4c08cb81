import type { IResolver, ResolutionContext } from 'cdk8s';
import { CODES, refused } from '../codes';
import { isRawOutput, Problem } from 'cdk8s-serverless-mesh/analysis';

/** Finds outputs that were passed as they are, wherever they stand in an object, while it is rendered. */
export class RawOutputs implements IResolver {
  private readonly found = new Map<string, Problem>();

  public get problems(): Problem[] {
    return [...this.found.values()];
  }

  public resolve(context: ResolutionContext): void {
    if (!isRawOutput(context.value)) return;
    const { path } = context.obj.node;
    const field = context.key.join('.');
    this.found.set(`${path} ${field}`, refused({
      code: CODES.rawOutput,
      path,
      field,
      reason: 'an output of Pulumi stands where a value is needed, and nobody would wait for it',
      fix: 'pass fromPulumi.string(output), .number, .list or .map, whichever the property asks for',
    }));
    context.replaceValue('');
  }
}
