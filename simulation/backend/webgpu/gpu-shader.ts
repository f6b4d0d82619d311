// A compute shader that is ready to run, and the dispatch of it on given buffers; simulation process.
import { SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';
import { computeStage } from './gpu-flags.ts';

export type Binding = 'uniform' | 'storage' | 'read-only-storage';

export interface ShaderSource {
  readonly label: string;
  readonly code: string;
  readonly entry: string;
  readonly constants: Record<string, number>;
  /** Of group 1, or of group 0 when the shader knows no moment. */
  readonly bindings: readonly Binding[];
  /** The layout of group 0, which is the same for all shaders of a tick. */
  readonly moment: GPUBindGroupLayout | undefined;
}

/** One dispatch. */
export interface Pass {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroupsX: number;
  /** As many as the phase has steps, or a number. */
  readonly workgroupsY: number | 'steps';
}

export class GpuShader {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #layout: GPUBindGroupLayout;

  private constructor(device: GPUDevice, pipeline: GPUComputePipeline, layout: GPUBindGroupLayout) {
    this.#device = device;
    this.#pipeline = pipeline;
    this.#layout = layout;
  }

  /** @throws SimulationFaultError 'gpu-kernel-refused' with the line that the driver does not take. */
  static async compile(device: GPUDevice, source: ShaderSource): Promise<GpuShader> {
    const { label, code, entry, constants, bindings, moment } = source;
    const layout = layoutOf(device, bindings);
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label, code });
    const [information, refusal] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()]);
    const error = information.messages.find(({ type }) => type === 'error');
    if (error !== undefined || refusal !== null) {
      throw refused(label, error ? `line ${error.lineNum}: ${error.message}` : refusal!.message);
    }
    try {
      const pipeline = await device.createComputePipelineAsync({
        label,
        layout: device.createPipelineLayout({ bindGroupLayouts: moment === undefined ? [layout] : [moment, layout] }),
        compute: { module, entryPoint: entry, constants },
      });
      return new GpuShader(device, pipeline, layout);
    } catch (problem) {
      throw refused(label, problem instanceof Error ? problem.message : String(problem));
    }
  }

  /** @param buffers in the order of the bindings. @param workgroups across and down */
  on(buffers: readonly GPUBuffer[], [workgroupsX, workgroupsY]: readonly [number, Pass['workgroupsY']]): Pass {
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const group = this.#device.createBindGroup({ layout: this.#layout, entries });
    return { pipeline: this.#pipeline, group, workgroupsX, workgroupsY };
  }
}

export function layoutOf(device: GPUDevice, bindings: readonly Binding[]): GPUBindGroupLayout {
  return device.createBindGroupLayout({
    entries: bindings.map((type, binding) => ({ binding, visibility: computeStage, buffer: { type } })),
  });
}

function refused(label: string, reason: string): SimulationFaultError {
  const text = `The driver of the graphics processor does not take the shader '${label}': ${reason}`;
  return new SimulationFaultError({ code: 'gpu-kernel-refused', text });
}
