import { CONTAINER_CODES } from './container-codes';
import { EXPOSURE_CODES } from './exposure-codes';
import { LIMIT_CODES } from './limit-codes';
import { CONSTRUCT_CODES, GENERAL_CODES, OtherCode } from './other-codes';
import { PLATFORM_CODES } from './platform-codes';
import { POD_CODES } from './pod-codes';
import { PULUMI_CODES } from './pulumi-codes';
import { REACHABILITY_CODES } from './reachability-codes';
import { RESILIENCE_CODES } from './resilience-codes';
import { TOKEN_CODES } from './token-codes';
import { Severity } from '../../core/problem';
import { rules } from '../discovery';
import { Rule, RuleExample } from '../rule';

/** What a code stands for. */
export interface Explanation {
  readonly code: string;
  readonly title: string;
  readonly explanation: string;
  readonly severity: Severity;
  readonly peers: readonly string[];
  /** Only rules on manifests have one. */
  readonly example?: RuleExample;
}

let known: Map<string, Explanation> | undefined;

/** What a code stands for; undefined where nothing is ever reported under it. */
export function explanationOf(code: string): Explanation | undefined {
  return all().get(code);
}

/** Every code there is, in order. */
export function explanations(): Explanation[] {
  return [...all().values()];
}

/** Codes that report what another tool reports under its code. */
export function codesOfPeer(peer: string): string[] {
  return explanations().filter(({ peers }) => peers.includes(peer)).map(({ code }) => code);
}

const OTHERS: readonly (readonly OtherCode[])[] = [
  GENERAL_CODES,
  CONSTRUCT_CODES,
  CONTAINER_CODES,
  EXPOSURE_CODES,
  LIMIT_CODES,
  POD_CODES,
  PULUMI_CODES,
  REACHABILITY_CODES,
  RESILIENCE_CODES,
  TOKEN_CODES,
  PLATFORM_CODES,
];

function all(): Map<string, Explanation> {
  known ??= new Map([...OTHERS.flat(), ...rules()].map(explain)
    .sort((a, b) => a.code < b.code ? -1 : 1)
    .map(explanation => [explanation.code, explanation]));
  return known;
}

function explain({ code, title, explanation, severity, peers, ...rest }: OtherCode | Rule): Explanation {
  const example = 'example' in rest ? rest.example : undefined;
  return { code, title, explanation, severity: severity ?? Severity.ERROR, peers: peers ?? [], ...example && { example: { ...example, refused: readable(example.refused) } } };
}

/** An example of something that is too large would be too large for a page. */
function readable(yaml: string): string {
  return yaml.replace(/(.)\1{199,}/g, (run, character) => `${character.repeat(20)}... # ${run.length} times ${character}`);
}
