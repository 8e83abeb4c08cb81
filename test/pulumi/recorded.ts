import * as pulumi from '@pulumi/pulumi';

// loading the SDK takes a while on a busy machine
jest.setTimeout(60_000);

/** A resource as the program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly inputs: any;
  readonly isCustom: boolean;
}

/** Stands in for the engine: takes what is registered, and gives every object the status that a cluster would. */
export class Recorder implements pulumi.runtime.Mocks {
  public readonly registered: Registered[] = [];

  constructor(private readonly status: Record<string, unknown> = {}) {}

  public newResource({ type, name, inputs, custom, id }: pulumi.runtime.MockResourceArgs): { id: string; state: Record<string, unknown> } {
    this.registered.push({ type, name, inputs, isCustom: custom ?? false });
    return { id: id || `${name}-id`, state: { ...inputs, ...custom ? this.status : {} } };
  }

  public call(): Record<string, unknown> {
    return {};
  }

  public get objects(): Registered[] {
    return this.registered.filter(({ isCustom }) => isCustom);
  }

  public object(name: string): Registered {
    const found = this.objects.find(object => object.name === name);
    if (!found) throw new Error(`${name} was not registered, only ${this.objects.map(object => object.name).join(', ')}`);
    return found;
  }
}

/** Runs a program as Pulumi would, and gives back what it registered. */
export async function run<T>(program: () => T, options: { preview?: boolean; status?: Record<string, unknown> } = {}): Promise<Recorder & { result: T }> {
  const recorder = new Recorder(options.status);
  await pulumi.runtime.setMocks(recorder, 'shop', 'test', options.preview ?? false);
  const result = program();
  await settled();
  return Object.assign(recorder, { result });
}

/** Waits until nothing is being registered any more. */
export async function settled(): Promise<void> {
  const { runtime } = pulumi as unknown as { runtime: { waitForRPCs(disconnectFromServers?: boolean): Promise<void> } };
  await new Promise(resolve => setImmediate(resolve));
  await runtime.waitForRPCs(false);
  await new Promise(resolve => setImmediate(resolve));
}

export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise(resolve => output.apply(value => resolve(value as T)));
}

/** The manifest of an object without what tells Pulumi how to wait. */
export function withoutPulumi(inputs: Record<string, any>): Record<string, any> { // eslint-disable-line @typescript-eslint/no-explicit-any
  const { annotations, ...metadata } = inputs.metadata ?? {};
  const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => !key.startsWith('pulumi.com/')));
  return { ...inputs, metadata: { ...metadata, ...Object.keys(kept).length > 0 ? { annotations: kept } : {} } };
}
