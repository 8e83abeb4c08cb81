/** What a private registry asks of who fetches a module. */
export interface WasmImageOptions {
  /**
   * Name of a Secret of type `kubernetes.io/dockerconfigjson` in the namespace of the pods.
   * @default - the registry is open
   */
  readonly pullSecret?: string;
}

/** Compiled code that Envoy runs, and where proxies fetch it. */
export class WasmModule {
  /**
   * An OCI image.
   * @param reference registry, repository and digest, as in `registry.example.com/filters/auth@sha256:…`. A tag may come to mean another module, and then proxies run different ones.
   */
  public static image(reference: string, options: WasmImageOptions = {}): WasmModule {
    return new WasmModule(`oci://${reference.replace(/^oci:\/\//, '')}`, undefined, options.pullSecret);
  }

  /**
   * A file on a web server.
   * @param sha256 64 hexadecimal digits, so that proxies run what was tested
   */
  public static http(url: string, sha256: string): WasmModule {
    return new WasmModule(url, sha256);
  }

  /** A file in the proxies' own file system. */
  public static file(path: string): WasmModule {
    return new WasmModule(`file://${path}`);
  }

  private constructor(
    /** Where it is. */
    public readonly url: string,
    /** Its checksum; undefined where the URL tells. */
    public readonly sha256?: string,
    /** Secret of the registry; undefined where it is open. */
    public readonly pullSecret?: string,
  ) {}
}
