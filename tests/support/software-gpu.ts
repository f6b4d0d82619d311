// Finds a graphics processor for tests: the machine's own, or SwiftShader, which computes on the CPU, from Debian's chromium.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { env, platform } from 'node:process';
import { openGpu } from '../../simulation/backend/webgpu/open-gpu.ts';
import { WebgpuBackend, type WebgpuOptions } from '../../simulation/backend/webgpu/webgpu-backend.ts';
import type { CompiledNetwork } from '../../simulation/network/compiled-network.ts';

/** Points Vulkan at SwiftShader where the environment names no driver. @returns its description file, if there is one. */
export function useSwiftShader(): string | undefined {
  if (env['VK_DRIVER_FILES'] !== undefined || platform !== 'linux') return env['VK_DRIVER_FILES'];
  const { stdout } = spawnSync('dpkg', ['-L', 'chromium', 'chromium-common'], { encoding: 'utf8' });
  const found = stdout?.split('\n').find((path) => path.endsWith('vk_swiftshader_icd.json') && existsSync(path));
  if (found !== undefined) env['VK_DRIVER_FILES'] = found;
  return found;
}

/** @returns why tests cannot use a graphics processor here; undefined when they can. */
export async function whyNoGpu(): Promise<string | undefined> {
  useSwiftShader();
  const opened = await openGpu();
  if (opened.device === undefined) return opened.reason;
  opened.device.destroy();
  return undefined;
}

/** @returns a back end on a device of its own. */
export async function openOnGpu(network: CompiledNetwork, options: WebgpuOptions = {}): Promise<WebgpuBackend> {
  const opened = await openGpu();
  if (opened.device === undefined) throw new Error(opened.reason);
  return WebgpuBackend.open(opened.device, network, { answerWithinMilliseconds: 30_000, ...options });
}
