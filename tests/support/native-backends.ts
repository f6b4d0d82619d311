// Native back ends for tests that open many without a pause, in which the collector would take none of them.
import { arch, env, platform } from 'node:process';
import type { NativeVectors } from '../../native/native-addon.ts';
import { loadNative } from '../../native/load-native.ts';
import { root } from '../../scripts/paths.mjs';
import { NativeBackend } from '../../simulation/backend/native/native-backend.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';

/** The addon; undefined where it was not built. */
export const { native } = loadNative({ applicationRoot: root, environment: env, platform, arch });

let opened: NativeBackend[] = [];

/** One that lives until `releaseNatives`. Only where `native` is there. */
export function openNative(network: CompiledNetwork, threads: number, vectors?: NativeVectors): NativeBackend {
  const backend = new NativeBackend(network, native!.Network, threads, vectors);
  opened.push(backend);
  return backend;
}

/** To be called after each run of a property, and after each test. */
export function releaseNatives(): void {
  for (const backend of opened) backend.dispose();
  opened = [];
}
