import type { ScalarTag, Tags } from 'yaml';

/**
 * Plain scalars as kubectl reads them (sigs.k8s.io/yaml over go-yaml v2, resolve.go): the booleans of YAML 1.1 (`yes`, `on`, `n`),
 * octal numbers that begin with 0, underscores in numbers; but neither base 60 nor dates, which stay text.
 */
const TRUE = /^(?:[yY]|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const BOOLEAN = /^(?:[yYnN]|yes|Yes|YES|true|True|TRUE|on|On|ON|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL)?$/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|0[0-7_]*|[1-9][0-9_]*)$/;
const FLOAT = /^(?:[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const nulls: ScalarTag = { tag: 'tag:yaml.org,2002:null', default: true, test: NULL, resolve: () => null };
const booleans: ScalarTag = { tag: 'tag:yaml.org,2002:bool', default: true, test: BOOLEAN, resolve: text => TRUE.test(text) };
const integers: ScalarTag = { tag: 'tag:yaml.org,2002:int', default: true, test: INTEGER, resolve: integer };
const floats: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: FLOAT,
  resolve: (text, onError) => {
    const value = Number(text.replace(/_/g, ''));
    if (Number.isFinite(value)) return value;
    if (text.includes('.')) onError(`JSON has no number ${text}`);
    // one that is too large stays text
    return text;
  },
};
const dates: ScalarTag = { tag: 'tag:yaml.org,2002:timestamp', resolve: text => text };
const binaries: ScalarTag = { tag: 'tag:yaml.org,2002:binary', resolve: text => Buffer.from(text, 'base64').toString('utf8') };

/** How texts without quotes are told apart: the first that fits counts, and what fits none is a text. */
export const plainScalars: readonly ScalarTag[] = [nulls, booleans, integers, floats];

/** The tags of kubectl; maps, lists and texts are as everywhere. */
export function kubectlTags(tags: Tags): Tags {
  return [...tags.filter(isNoPlainScalar), ...plainScalars, dates, binaries];
}

function isNoPlainScalar(tag: Tags[number]): boolean {
  return typeof tag === 'object' && (tag.collection !== undefined || tag.tag === 'tag:yaml.org,2002:str');
}

function integer(text: string): number {
  const plain = text.replace(/_/g, '');
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(plain)!;
  const value = /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -value : value;
}
