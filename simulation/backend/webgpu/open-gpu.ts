// Loads WebGPU for Node (Dawn) and opens a graphics processor, or says why there is none; simulation process and its self test.
import type { create } from 'webgpu';

export type OpenedGpu =
  | { readonly device: GPUDevice; readonly adapter: AdapterDescription }
  | { readonly device: undefined; readonly reason: string };

export interface AdapterDescription {
  readonly name: string;
  /** The processor itself computes: right, but tens to hundreds of times slower than the native back end. */
  readonly isSoftware: boolean;
}

/** Where the instance of WebGPU stays: when it is collected while devices are in use, Dawn ends the process. */
const instanceKey = Symbol.for('exocortex.webgpu');
const kept = globalThis as { [instanceKey]?: ReturnType<typeof create> };

/** Limits of which as much as there is is asked for; the rest stay as the standard has them. */
const raised = ['maxBufferSize', 'maxStorageBufferBindingSize'] as const;

/**
 * Opens the fastest graphics processor with all the memory that it gives.
 * @param onLoaded called when Dawn is loaded and before it is used
 */
export async function openGpu(onLoaded: () => void = () => undefined): Promise<OpenedGpu> {
  try {
    const { create } = await import('webgpu');
    onLoaded();
    kept[instanceKey] ??= create([]);
  } catch (error) {
    return { device: undefined, reason: `WebGPU cannot be loaded: ${messageOf(error)}` };
  }
  try {
    const adapter = await kept[instanceKey].requestAdapter({ powerPreference: 'high-performance' });
    if (adapter === null)
      return {
        device: undefined,
        reason: 'No driver of a graphics processor was found (Vulkan, Metal or Direct3D 12).',
      };
    const requiredLimits = Object.fromEntries(raised.map((name) => [name, adapter.limits[name]]));
    return { device: await adapter.requestDevice({ requiredLimits }), adapter: describe(adapter) };
  } catch (error) {
    return { device: undefined, reason: `The graphics processor cannot be opened: ${messageOf(error)}` };
  }
}

function describe({ info }: GPUAdapter): AdapterDescription {
  const name = [info.description, info.device, info.vendor].find((text) => text !== '') ?? 'unnamed';
  return {
    name,
    isSoftware:
      info.isFallbackAdapter ||
      /swiftshader|llvmpipe|lavapipe|basic render|\bcpu\b/i.test(`${name} ${info.architecture}`),
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
