import * as pulumi from '@pulumi/pulumi';
import { numbered, register, spelled, TokenKind } from './registry';
import { resolved } from './resolve';

/**
 * Outputs of Pulumi as properties of constructs. What comes back is a token of the type that the property asks for; when the app is deployed, the
 * output takes its place, with its secrecy and its dependencies.
 *
 * A token can be part of a longer text. What changes it (another case, base64, a slice, arithmetic) is found out and refused; `map` is for that.
 */
export const fromPulumi = {
  /** A text, as the image of a service or the name of a Secret. */
  string(value: pulumi.Input<string>): string {
    return typeof value === 'string' ? value : spelled(register(TokenKind.TEXT, pulumi.output(value)));
  },

  /** A number, as a limit or a weight, also where a construct writes it into an annotation or puts a unit to it. */
  number(value: pulumi.Input<number>): number {
    return typeof value === 'number' ? value : numbered(register(TokenKind.NUMBER, pulumi.output(value)));
  },

  /** A list of texts; other entries may stand before and after it. */
  list(value: pulumi.Input<pulumi.Input<string>[]>): string[] {
    return Array.isArray(value) && value.every(entry => typeof entry === 'string')
      ? [...value as string[]]
      : [spelled(register(TokenKind.LIST, pulumi.output(value)))];
  },

  /** A map of texts, as labels or the data of a ConfigMap; other entries may stand beside it. */
  map(value: pulumi.Input<{ [key: string]: pulumi.Input<string> }>): { [key: string]: string } {
    if (!pulumi.Output.isInstance(value) && !(value instanceof Promise) && Object.values(value).every(entry => typeof entry === 'string')) {
      return { ...value as { [key: string]: string } };
    }
    const text = spelled(register(TokenKind.MAP, pulumi.output(value)));
    return { [text]: text };
  },
};

/**
 * What a function makes of a text that may have outputs in it, once they are known: a hash, base64, JSON, another case.
 *
 * @param text what a factory of `fromPulumi` gave, alone or in other text
 * @param change is called when the outputs are known; a preview in which they are not does not call it
 */
export function map(text: string, change: (text: string) => string): string {
  const value = resolved(text);
  return pulumi.Output.isInstance(value) ? spelled(register(TokenKind.TEXT, (value as pulumi.Output<unknown>).apply(known => change(String(known))))) : change(text);
}
