// Finds and loads the native addon, or says why there is none; runs in the rig thread and in tests.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeInterfaceVersion, type NativeAddon } from './native-addon.ts';

export interface LoadNativeOptions {
  /** Folder of the application, which holds `prebuilds` and `native`. */
  readonly applicationRoot: string;
  /** EXOCORTEX_NATIVE=off leaves the addon alone. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** These and the environment are the process's own unless a test says otherwise. */
  readonly platform?: string;
  readonly arch?: string;
}

export type LoadedNative =
  { readonly native: NativeAddon; readonly path: string } | { readonly native: undefined; readonly reason: string };

/**
 * Loads the addon that was shipped, else the one that was built on this machine.
 * @returns the addon, or why the TypeScript kernels must do its work. A file that does not load is passed over for the next.
 */
export function loadNative(options: LoadNativeOptions): LoadedNative {
  const { applicationRoot, environment = process.env, platform = process.platform, arch = process.arch } = options;
  if (environment['EXOCORTEX_NATIVE'] === 'off')
    return { native: undefined, reason: 'switched off by EXOCORTEX_NATIVE=off' };
  const candidates = [
    // Only a checkout has a local build, and there it is newer than what was made for an installer.
    join(applicationRoot, 'native', 'build', 'exocortex.node'),
    join(applicationRoot, 'prebuilds', `${platform}-${arch}`, 'exocortex.node'),
  ].filter((path) => existsSync(path));
  if (candidates.length === 0) {
    return {
      native: undefined,
      reason: `not built for ${platform}-${arch}; "npm run native" builds it where a C++ compiler exists`,
    };
  }
  const failures: string[] = [];
  for (const path of candidates) {
    const holder: { exports: Partial<NativeAddon> } = { exports: {} };
    try {
      process.dlopen(holder, path);
    } catch (error) {
      failures.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    const { interfaceVersion } = holder.exports;
    if (interfaceVersion === nativeInterfaceVersion) return { native: holder.exports as NativeAddon, path };
    failures.push(
      `${path}: built for interface ${interfaceVersion}, not ${nativeInterfaceVersion}; "npm run native" builds it anew`,
    );
  }
  return { native: undefined, reason: failures.join('; ') };
}

/**
 * @param builtEntryUrl `import.meta.url` of a built entry, two folders below the application's
 * @returns the addon of that application, if it can be loaded.
 */
export function loadNativeOf(builtEntryUrl: string): NativeAddon | undefined {
  const applicationRoot = join(dirname(fileURLToPath(builtEntryUrl)), '..', '..');
  return loadNative({ applicationRoot }).native;
}
