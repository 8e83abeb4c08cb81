import type * as pulumi from '@pulumi/pulumi';
import { numberToken, textToken } from 'cdk8s-serverless-mesh/analysis';

export enum TokenKind { TEXT = 'string', NUMBER = 'number', LIST = 'list', MAP = 'map' }

/** An output that stands in the constructs as a token. */
export interface Token {
  readonly id: number;
  readonly kind: TokenKind;
  readonly output: pulumi.Output<unknown>;
  /** Where the program made it, for messages. */
  readonly origin: string;
  /** Whether it reached a manifest, or another token that is made from it. */
  reached: boolean;
}

const TOKENS: Token[] = [];

export function register(kind: TokenKind, output: pulumi.Output<unknown>): Token {
  const token = { id: TOKENS.length, kind, output, origin: callSite(), reached: false };
  TOKENS.push(token);
  return token;
}

export function tokenById(id: number): Token | undefined {
  return TOKENS[id];
}

export function allTokens(): readonly Token[] {
  return TOKENS;
}

export function spelled(token: Token): string {
  return textToken(token.id);
}

export function numbered(token: Token): number {
  return numberToken(token.id);
}

/** What a message calls a token. */
export function describeToken({ kind, origin }: Token): string {
  return `the output passed to fromPulumi.${kind}${origin}`;
}

// the first line of the stack that is not this library's
function callSite(): string {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const outside = lines.find(line => !/[\\/](lib[\\/]pulumi|build[\\/]lib)[\\/]/.test(line) && !line.includes('node:internal'));
  const place = outside && /([^\\/()\s]+:\d+):\d+\)?$/.exec(outside)?.[1];
  return place ? ` at ${place}` : '';
}
