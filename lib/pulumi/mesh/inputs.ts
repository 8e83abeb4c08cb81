import * as pulumi from '@pulumi/pulumi';
import { EnvValue } from 'cdk8s-plus-28';
import { fromPulumi } from '../tokens/from-pulumi';

/** The properties of a construct, each of which may be an output where it is a text, a number, a list of texts or a map of texts. */
export type Inputs<T> = { readonly [K in keyof T]: InputOf<Exclude<T[K], undefined>> | (undefined extends T[K] ? undefined : never) };

type InputOf<T> =
  T extends string ? string extends T ? pulumi.Input<string> : T
    : T extends number ? number extends T ? pulumi.Input<number> : T
      : T extends string[] ? pulumi.Input<pulumi.Input<string>[]>
        : T extends { [key: string]: string } ? string extends keyof T ? pulumi.Input<{ [key: string]: pulumi.Input<string> }> : T
          : T extends { [key: string]: EnvValue } ? { [name: string]: EnvValue | pulumi.Input<string> }
            : T;

/** What a property is, where only an output says nothing of it before it is known. */
export enum InputKind { TEXT, NUMBER, LIST, MAP, ENVIRONMENT }

/** Properties with tokens in place of outputs. */
export function withTokens<T extends object>(inputs: object, kinds: { readonly [K in keyof T]?: InputKind }): T {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, tokenFor(value, kinds[name as keyof T])])) as T;
}

function tokenFor(value: unknown, kind: InputKind | undefined): unknown {
  if (value === undefined || value === null) return value;
  switch (kind) {
    case InputKind.TEXT: return fromPulumi.string(value as pulumi.Input<string>);
    case InputKind.NUMBER: return fromPulumi.number(value as pulumi.Input<number>);
    case InputKind.LIST: return fromPulumi.list(value as pulumi.Input<string[]>);
    case InputKind.MAP: return fromPulumi.map(value as pulumi.Input<{ [key: string]: string }>);
    case InputKind.ENVIRONMENT: return environment(value as { [name: string]: EnvValue | pulumi.Input<string> });
    default: return value;
  }
}

function environment(env: { [name: string]: EnvValue | pulumi.Input<string> }): { [name: string]: EnvValue } {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name,
    typeof value === 'string' || pulumi.Output.isInstance(value) || value instanceof Promise ? EnvValue.fromValue(fromPulumi.string(value)) : value as EnvValue]));
}
