/** Where in a header value a reader is: Envoy replaces %NAME% and %NAME(arguments)% (istio pkg/config/validation/header_value_validator.go). */
enum Within { TEXT, NAME, ARGUMENTS, LIST, STRING, AFTER_STRING, AFTER_LIST, AFTER_ARGUMENTS }

/** What keeps Envoy from reading the value of a header; nothing where it can. */
export function headerValueFault(value: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(value)) return 'it holds characters that no header may hold';
  let within = Within.TEXT;
  for (let at = 0; at < value.length; at++) {
    const char = value[at];
    if (within === Within.TEXT) {
      if (char !== '%') continue;
      if (at + 1 >= value.length) return 'a % at the end begins a variable that does not end';
      if (value[at + 1] === '%') at++;
      else within = Within.NAME;
    } else if (within === Within.STRING && char === '\\') {
      if (at + 1 >= value.length) return 'a backslash at the end escapes nothing';
      at++;
    } else {
      const next = step(within, char);
      if (next === undefined) return `'${char}' is not expected there`;
      within = next;
    }
  }
  return within === Within.TEXT ? undefined : 'a variable that begins with % does not end';
}

function step(within: Within, char: string): Within | undefined {
  const stay = char === ' ' ? within : undefined;
  switch (within) {
    case Within.NAME: return char === '%' ? Within.TEXT : char === '(' ? Within.ARGUMENTS : within;
    case Within.ARGUMENTS: return char === '[' ? Within.LIST : stay ?? Within.STRING;
    case Within.LIST: return char === '"' ? Within.STRING : stay;
    case Within.STRING: return char === ')' ? Within.AFTER_ARGUMENTS : char === '"' ? Within.AFTER_STRING : within;
    case Within.AFTER_STRING: return char === ',' ? Within.LIST : char === ']' ? Within.AFTER_LIST : stay;
    case Within.AFTER_LIST: return char === ')' ? Within.AFTER_ARGUMENTS : stay;
    default: return char === '%' ? Within.TEXT : stay;
  }
}
