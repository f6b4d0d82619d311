// Whether a graphics processor may compute networks in this program, and how it is opened for it; simulation process.
import { SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';
import type { SelfTestResult } from '../../../common/simulation-protocol/gpu-self-test.ts';
import type { NativeAddon } from '../../../native/native-addon.ts';
import type { Available } from '../choose-backend.ts';
import { openGpu } from './open-gpu.ts';
import { WebgpuBackend } from './webgpu-backend.ts';

/** @param isDemanded by name: then one that computes on the processor is taken too */
export function gpuCandidate(tested: SelfTestResult, native: NativeAddon | undefined, isDemanded: boolean): Available {
  const name = 'webgpu';
  if (tested.works === 'none') return { name, missing: tested.reason };
  if (tested.adapter.isSoftware && !isDemanded)
    return { name, missing: `${tested.adapter.name} computes on the processor, which the other back ends do faster.` };
  return {
    name,
    async open(network) {
      const opened = await openGpu(() => {
        if (tested.works === 'hook') native?.hookExternalBuffers('copy');
      });
      if (opened.device === undefined) throw new SimulationFaultError({ code: 'gpu-lost', text: opened.reason });
      return WebgpuBackend.open(opened.device, network);
    },
  };
}
