/** A URL as Go's net/url reads it (ParseRequestURI): an absolute URI or an absolute path. */
export class GoUrl {
  public static parse(text: string): GoUrl | undefined {
    if (text === '' || /[\x00-\x1f\x7f]/.test(text)) return undefined;
    if (text === '*') return new GoUrl('', '', '*', '');
    const found = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?([^]*)$/.exec(text)!;
    const [, scheme = '', rest] = found;
    if (scheme === '' && !rest.startsWith('/')) return undefined;
    // a scheme without slashes after it is opaque
    if (!rest.startsWith('/')) return scheme === '' ? undefined : new GoUrl(scheme.toLowerCase(), '', '', '');
    const [beforeQuery, ...query] = rest.split('?');
    const authority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///')) ? beforeQuery.slice(2).split('/')[0] : undefined;
    const path = authority === undefined ? beforeQuery : beforeQuery.slice(2 + authority.length);
    if (/%(?![0-9A-Fa-f]{2})/.test(path)) return undefined;
    const at = authority?.lastIndexOf('@') ?? -1;
    const host = authority?.slice(at + 1) ?? '';
    const user = at < 0 ? '' : authority!.slice(0, at);
    return isHost(host) && /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) ? new GoUrl(scheme.toLowerCase(), host, path, query.join('?')) : undefined;
  }

  private constructor(
    public readonly scheme: string,
    public readonly host: string,
    private readonly path: string,
    private readonly rawQuery: string,
  ) {}

  public get hostname(): string {
    return this.host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1');
  }

  public get port(): string {
    return /:(\d+)$/.exec(this.host)?.[1] ?? '';
  }

  public get escapedPath(): string {
    return this.path.replace(/[^A-Za-z0-9\-._~$&+,/:;=@%!'()*]/gu, char => encodeURIComponent(char));
  }

  public get query(): Record<string, string[]> {
    const values: Record<string, string[]> = {};
    for (const [key, value] of new URLSearchParams(this.rawQuery)) (values[key] ??= []).push(value);
    return values;
  }
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[^\]]*\](?::\d*)?$/.test(host);
  const colon = host.lastIndexOf(':');
  const address = colon < 0 ? host : host.slice(0, colon);
  if (colon >= 0 && !/^\d*$/.test(host.slice(colon + 1))) return false;
  return /^[A-Za-z0-9!$&'()*+,;:=[\]<>"\-_.~\u0080-\uffff]*$/.test(address.replace(/%(?:25|[89A-Fa-f][0-9A-Fa-f])/g, ''));
}
