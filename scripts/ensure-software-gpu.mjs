// Brings what the tests of the WebGPU back end need to compute on the processor: the loader of Vulkan. SwiftShader itself comes with Chromium.
import { spawnSync } from 'node:child_process';
import { isDebianRoot } from './ensure-browser.mjs';

/** @returns {boolean} */
const hasLoader = () => spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout?.includes('libvulkan.so.1') ?? false;

/** Installs it where this can be done without asking; elsewhere the tests say what is missing. */
export function ensureSoftwareGpu() {
  if (!isDebianRoot() || hasLoader()) return;
  console.error('Installing the loader of Vulkan for the tests of the WebGPU back end …');
  spawnSync('apt-get', ['install', '-y', 'libvulkan1'], { stdio: ['ignore', 2, 2] });
}
