import * as grpc from '@grpc/grpc-js';
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb';
import * as engine from '@pulumi/pulumi/proto/engine_pb';
import { ResourceMonitorService } from '@pulumi/pulumi/proto/resource_grpc_pb';
import * as resources from '@pulumi/pulumi/proto/resource_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
const OUTPUT = 'd0e6a833031e9bbcd3f4e8bde6ca49a4';
const FEATURES = new Set(['secrets', 'resourceReferences', 'outputValues', 'aliasSpecs', 'deletedWith']);

/** A Kubernetes object as a program registered it, with what the program said of how to treat it. */
export interface WireResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly object: any;
  readonly dependencies: readonly string[];
  readonly parent: string;
  readonly provider: string;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** Paths of the values that came over the wire as secrets. */
  readonly secrets: readonly string[];
}

/** Puts an object where it belongs, and says how it is then. */
export type Apply = (resource: WireResource) => Promise<Record<string, unknown>>;

/**
 * What a Pulumi program talks to: takes what is registered and hands Kubernetes objects on. It is no engine: it keeps no state, compares
 * nothing and knows no aliases.
 */
export class Monitor {
  public static async start(project: string, stack: string, apply: Apply): Promise<Monitor & { address: string }> {
    const monitor = new Monitor(project, stack, apply);
    const port = await new Promise<number>((resolve, reject) =>
      monitor.server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => error ? reject(error) : resolve(bound)));
    return Object.assign(monitor, { address: `127.0.0.1:${port}` });
  }

  public readonly registered: WireResource[] = [];
  public readonly errors: string[] = [];
  public readonly log: string[] = [];
  public outputs: Record<string, unknown> = {};
  private root = '';
  private readonly server = new grpc.Server({ 'grpc.max_receive_message_length': 64 * 1024 * 1024 });

  private constructor(private readonly project: string, private readonly stack: string, private readonly apply: Apply) {
    this.server.addService(ResourceMonitorService as unknown as grpc.ServiceDefinition, this.monitor());
    this.server.addService(EngineService as unknown as grpc.ServiceDefinition, this.engine());
  }

  public stop(): void {
    this.server.forceShutdown();
  }

  private monitor(): grpc.UntypedServiceImplementation {
    return {
      supportsFeature: answer<resources.SupportsFeatureRequest>(async request => {
        const response = new resources.SupportsFeatureResponse();
        response.setHassupport(FEATURES.has(request.getId()));
        return response;
      }),
      registerResource: answer<resources.RegisterResourceRequest>(request => this.register(request)),
      registerResourceOutputs: answer<resources.RegisterResourceOutputsRequest>(async request => {
        if (request.getUrn() === this.root) this.outputs = plain(request.getOutputs()?.toJavaScript() ?? {}, []) as Record<string, unknown>;
        return new Empty();
      }),
      signalAndWaitForShutdown: answer(async () => new Empty()),
    };
  }

  private engine(): grpc.UntypedServiceImplementation {
    return {
      log: answer<engine.LogRequest>(async request => {
        const { severity, message } = request.toObject();
        if (severity === engine.LogSeverity.ERROR) this.errors.push(message);
        else if (severity !== engine.LogSeverity.DEBUG) this.log.push(message);
        return new Empty();
      }),
      getRootResource: answer(async () => {
        const response = new engine.GetRootResourceResponse();
        response.setUrn(this.root);
        return response;
      }),
      setRootResource: answer<engine.SetRootResourceRequest>(async request => {
        this.root = request.getUrn();
        return new engine.SetRootResourceResponse();
      }),
    };
  }

  private async register(request: resources.RegisterResourceRequest): Promise<resources.RegisterResourceResponse> {
    const urn = `urn:pulumi:${this.stack}::${this.project}::${typeChain(request.getParent())}${request.getType()}::${request.getName()}`;
    const secrets: string[] = [];
    const inputs = plain(request.getObject()?.toJavaScript() ?? {}, secrets) as Record<string, unknown>;
    const outputs = request.getType().startsWith('kubernetes:') ? await this.applied(request, urn, inputs, secrets) : inputs;
    const response = new resources.RegisterResourceResponse();
    response.setUrn(urn);
    if (request.getCustom()) response.setId(`${request.getName()}-id`);
    response.setObject(Struct.fromJavaScript(outputs as Parameters<typeof Struct.fromJavaScript>[0]));
    return response;
  }

  private async applied(request: resources.RegisterResourceRequest, urn: string, object: Record<string, unknown>, secrets: string[]): Promise<Record<string, unknown>> {
    const resource: WireResource = {
      urn,
      type: request.getType(),
      name: request.getName(),
      object,
      dependencies: request.getDependenciesList(),
      parent: request.getParent(),
      provider: request.getProvider(),
      ignoreChanges: request.getIgnorechangesList(),
      replaceOnChanges: request.getReplaceonchangesList(),
      secrets,
    };
    this.registered.push(resource);
    const answered = Object.entries(await this.apply(resource)).filter(([, value]) => value !== undefined);
    return { ...object, ...Object.fromEntries(answered) };
  }
}

function answer<Request>(work: (request: Request) => Promise<unknown>): grpc.handleUnaryCall<Request, unknown> {
  return (call, callback) => {
    work(call.request).then(response => callback(null, response), (error: Error) => callback({ code: grpc.status.UNKNOWN, message: error.message }));
  };
}

/** The types of the parents are part of an identity, save that of the stack. */
function typeChain(parent: string): string {
  const type = parent.split('::')[2];
  return type === undefined || type === 'pulumi:pulumi:Stack' ? '' : `${type}$`;
}

/** A value without the envelopes that it came in; notes where there was a secret. */
function plain(value: unknown, secrets: string[], path = ''): unknown {
  if (Array.isArray(value)) return value.map((entry, i) => plain(entry, secrets, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return value;
  const envelope = value as { [SIGNATURE]?: string; value?: unknown; secret?: boolean };
  if (envelope[SIGNATURE] === SECRET || (envelope[SIGNATURE] === OUTPUT && envelope.secret === true)) secrets.push(path);
  if (envelope[SIGNATURE] === SECRET || envelope[SIGNATURE] === OUTPUT) return plain(envelope.value, secrets, path);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, secrets, path === '' ? key : `${path}.${key}`)]));
}
