import { allTokens, describeToken, Token, tokenById } from './registry';
import { CODES, refused } from '../codes';
import { hasTraces, isUnresolved, Problem, tokenOfNumber, tokensIn } from 'cdk8s-serverless-mesh/analysis';

const TRANSFORMED = 'it was changed on the way (cut, encoded, hashed, put into another case, calculated with), and the output can no longer take its place';
const USE_MAP = 'pass the token on as it is, and change its value with map(token, value => ...) of cdk8s-serverless-mesh/pulumi';

/** What a manifest has of tokens. */
export interface Sighting {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}

/** Looks for tokens in a manifest, and for what is left of damaged ones. */
export function sightingsIn(path: string, manifest: unknown): Sighting {
  const tokens = new Set<Token>();
  const problems: Problem[] = [];
  const damaged = (field: string) => problems.push(refused({ code: CODES.damagedToken, path, field, reason: `an output of Pulumi does not arrive here: ${TRANSFORMED}`, fix: USE_MAP }));
  const text = (value: string, field: string) => {
    for (const { id } of tokensIn(value)) {
      const token = tokenById(id);
      if (token) tokens.add(token);
    }
    if (hasTraces(value)) damaged(field);
    if (value.includes('an [Output<T>] is not supported')) problems.push(rawOutputInText(path, field));
  };
  const visit = (value: unknown, field: string): void => {
    if (typeof value === 'string') return text(value, field);
    if (typeof value === 'number') {
      const token = tokenById(tokenOfNumber(value) ?? -1);
      if (token) tokens.add(token);
      else if (isUnresolved(value)) damaged(field);
      return;
    }
    if (Array.isArray(value)) return value.forEach((entry, i) => visit(entry, `${field}[${i}]`));
    if (typeof value !== 'object' || value === null) return;
    for (const [key, entry] of Object.entries(value)) {
      const at = field === '' ? key : `${field}.${key}`;
      text(key, at);
      visit(entry, at);
    }
  };
  visit(manifest, '');
  return { tokens: [...tokens], problems };
}

/** The tokens that no manifest has: whatever was made of them, it is not what their outputs say. */
export function lostTokens(path: string): Problem[] {
  const lost = allTokens().filter(token => !token.reached);
  // said once: the next app is not to blame
  lost.forEach(token => { token.reached = true; });
  return lost.map(token => refused({
    code: CODES.lostToken,
    path,
    reason: `${describeToken(token)} reaches no manifest: it was not used, or ${TRANSFORMED}`,
    fix: `${USE_MAP}; where it belongs to an app that is deployed later, pass ignoreUnusedOutputs: true`,
  }));
}

function rawOutputInText(path: string, field: string): Problem {
  return refused({
    code: CODES.rawOutput,
    path,
    field,
    reason: 'an output of Pulumi stands in a text, where it is no value yet',
    fix: 'put fromPulumi.string(output) into the text',
  });
}
