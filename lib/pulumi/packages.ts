/** The packages that this sub-path stands on. They are optional: who only writes YAML needs none of them. */
const NEEDED = [
  { name: '@pulumi/pulumi', major: 3 },
  { name: '@pulumi/kubernetes', major: 4 },
];

/** Says in one sentence what has to be installed; undefined where everything is there. */
export function whatIsMissing(versionOf: (name: string) => string | undefined, needed = NEEDED): string | undefined {
  const complaints = needed.flatMap(({ name, major }) => {
    const version = versionOf(name);
    if (version === undefined) return `${name} is not installed`;
    return Number(version.split('.')[0]) === major ? [] : `${name} is ${version}`;
  });
  if (complaints.length === 0) return undefined;
  const wanted = needed.map(({ name, major }) => `${name} ${major}`).join(' and ');
  const install = needed.map(({ name, major }) => `${name}@^${major}`).join(' ');
  return `cdk8s-serverless-mesh/pulumi needs ${wanted}, but ${complaints.join(' and ')}. Run: npm install ${install}`;
}

export function installedVersion(name: string): string | undefined {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return (require(`${name}/package.json`) as { version: string }).version.replace(/^v/, '');
  } catch {
    return undefined;
  }
}

const missing = whatIsMissing(installedVersion);
if (missing) throw new Error(missing);
