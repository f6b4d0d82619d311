// Which back end computes a network: C++ where the addon is there, else TypeScript, with the same result; simulation process.
import type { NativeAddon } from '../../native/native-addon.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import type { Backend } from './backend.ts';
import { NativeBackend } from './native/native-backend.ts';
import { TypescriptBackend } from './typescript/typescript-backend.ts';

/** @param native undefined where the addon could not be loaded */
export function chooseBackend(native: NativeAddon | undefined): (network: CompiledNetwork) => Backend {
  return (network) =>
    native === undefined ? new TypescriptBackend(network) : new NativeBackend(network, native.Network);
}
