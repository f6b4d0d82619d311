// The back end that a bench asks for, or why it is not here; bench program of the simulation.
import type { SimulationRunRequest } from '../../common/bench/simulation-run.ts';
import type { LoadedNative } from '../../native/load-native.ts';
import type { Backend } from '../backend/backend.ts';
import { NativeBackend } from '../backend/native/native-backend.ts';
import { TypescriptBackend } from '../backend/typescript/typescript-backend.ts';
import { openGpu } from '../backend/webgpu/open-gpu.ts';
import { WebgpuBackend } from '../backend/webgpu/webgpu-backend.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';

export type FoundBackend =
  | {
      readonly open: (network: CompiledNetwork) => Backend | Promise<Backend>;
      /** Of the graphics processor, if it is one. */
      readonly adapter?: string;
    }
  | { readonly missing: string };

/** A graphics processor that the processor plays is taken too: it is slow and right. */
export async function findBackend(
  { backend, threads }: Pick<SimulationRunRequest, 'backend' | 'threads'>,
  loaded: LoadedNative,
): Promise<FoundBackend> {
  switch (backend) {
    case 'typescript':
      return { open: (network) => new TypescriptBackend(network) };
    case 'native': {
      const { native } = loaded;
      if (native === undefined) return { missing: `there is no native back end: ${loaded.reason}` };
      return { open: (network) => new NativeBackend(network, native.Network, threads) };
    }
    case 'webgpu': {
      const opened = await openGpu();
      if (opened.device === undefined) return { missing: opened.reason };
      const { device, adapter } = opened;
      return { adapter: adapter.name, open: (network) => WebgpuBackend.open(device, network) };
    }
  }
}
