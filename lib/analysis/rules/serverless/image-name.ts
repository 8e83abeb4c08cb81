const HOST = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(:\d+)?$/;
const PATH = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The parts of an image reference, or what is wrong with it. */
export interface ImageName {
  readonly tag?: string;
  readonly digest?: string;
  readonly mistake?: string;
}

/**
 * Reads an image reference as both of its readers do: Knative's webhook and the container runtime, which knows the grammar of
 * github.com/distribution/reference.
 */
export function readImageName(reference: string): ImageName {
  // a placeholder that `ko` replaces before anything is applied
  if (reference.startsWith('ko://')) return { tag: 'ko' };
  const [name, digest, ...more] = reference.split('@');
  if (more.length > 0) return { mistake: 'it has more than one @' };
  if (digest !== undefined && !DIGEST.test(digest)) {
    return { mistake: `${JSON.stringify(digest)} is no digest, which is sha256: and 64 hexadecimal digits` };
  }
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  const tag = tagged ? name.slice(colon + 1) : undefined;
  if (tag !== undefined && !TAG.test(tag)) return { mistake: `${JSON.stringify(tag)} is no tag` };
  return { tag, digest, mistake: mistakeInRepository(tagged ? name.slice(0, colon) : name) };
}

function mistakeInRepository(name: string): string | undefined {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const hasHost = /[.:]/.test(first);
  if (hasHost && !HOST.test(first)) return `${JSON.stringify(first)} is no registry host`;
  const path = hasHost ? name.slice(slash + 1) : name;
  if (path.length < 2 || path.length > 255) return 'the repository has between 2 and 255 characters';
  return PATH.test(path) ? undefined : `${JSON.stringify(path)} is no repository, which is lower-case letters, digits and single separators`;
}
