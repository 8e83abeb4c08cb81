/** What credentials look like, so that nobody has to know where they are from. */
const SHAPES: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: 'a URL with a password', form: /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s:]*:(?!\$\()[^/?#@\s]+@/i },
  { what: 'a connection string with a password', form: /(?:^|[?&;\s])(?:password|pwd|accountkey|sharedaccesskey)=(?!\$\()[^&;\s]+/i },
  { what: 'a private key', form: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { what: 'an access key of AWS', form: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'an API key of Google', form: /\bAIza[\w-]{35}(?![\w-])/ },
  { what: 'a token of GitHub', form: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})\b/ },
  { what: 'a token of GitLab', form: /\bglpat-[\w-]{20,}/ },
  { what: 'a token of Slack', form: /\bxox[abeoprs]-[\w-]{10,}/ },
  { what: 'a key of Stripe', form: /\b[rs]k_live_[A-Za-z0-9]{16,}/ },
  { what: 'a token of npm', form: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { what: 'a key of SendGrid', form: /\bSG\.[\w-]{22}\.[\w-]{43}/ },
  { what: 'an API key', form: /\bsk-(?:proj|ant|live|svcacct)-[\w-]{20,}/ },
  { what: 'a signed token', form: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
];

/** What kind of credential a text holds; undefined where it holds none that is known by its looks. A reference such as `$(PASSWORD)` is none. */
export function credentialIn(text: string): string | undefined {
  return SHAPES.find(({ form }) => form.test(text))?.what;
}
