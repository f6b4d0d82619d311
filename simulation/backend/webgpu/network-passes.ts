// Puts a network on a graphics processor: its shaders, and what is dispatched in each step; simulation process.
import { stateMax } from '../../kernel/fixed-point.ts';
import { traceUnit } from '../../learning/traces.ts';
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import type { GpuArrays } from './gpu-arrays.ts';
import { type Binding, GpuShader, layoutOf, type Pass, type ShaderSource } from './gpu-shader.ts';
import type { NetworkBuffers } from './network-buffers.ts';
import type { NetworkLayout } from './network-layout.ts';
import { routePlan, rulePlan, shortTermPlan, stepPlan, tracePlan } from './plans.ts';
import { ruleKernels } from './rule-kernels.ts';
import { deliverShader, driveShader, flowShader, rulePart, stepPart, tireShader, traceShader } from './shader-parts.ts';
import { stepKernels } from './step-kernels.ts';

export interface NetworkPasses {
  /** Layout of the moment's group, which is group 0 of all passes of a step. */
  readonly moment: GPUBindGroupLayout;
  /** In the order of a step; a pass sees what those before it wrote. */
  readonly step: readonly Pass[];
  /** For each input of the network its entries, and the pass that adds them. */
  readonly inputs: readonly { readonly entries: GPUBuffer; readonly pass: Pass }[];
}

const stepTexts: Readonly<Record<string, string>> = stepKernels;

/** Builds the passes of one network; each shader is compiled once. */
export class PassBuilder {
  readonly #device: GPUDevice;
  readonly #arrays: GpuArrays;
  readonly #network: CompiledNetwork;
  readonly #layout: NetworkLayout;
  readonly #buffers: NetworkBuffers;
  readonly #workgroupSize: number;
  readonly #moment: GPUBindGroupLayout;
  readonly #shaders = new Map<string, Promise<GpuShader>>();

  constructor(
    device: GPUDevice,
    arrays: GpuArrays,
    network: CompiledNetwork,
    layout: NetworkLayout,
    buffers: NetworkBuffers,
    workgroupSize: number,
  ) {
    this.#device = device;
    this.#arrays = arrays;
    this.#network = network;
    this.#layout = layout;
    this.#buffers = buffers;
    this.#workgroupSize = workgroupSize;
    this.#moment = layoutOf(device, ['uniform']);
  }

  /** @throws SimulationFaultError 'gpu-kernel-refused'. */
  async build(): Promise<NetworkPasses> {
    const { populations, projections, inputs } = this.#network;
    const all = <T>(list: readonly unknown[], pass: (index: number) => Promise<T>) =>
      Promise.all(list.map((_, index) => pass(index)));
    const [update, tire, arrive, fire, grow, drive] = await Promise.all([
      all(populations, (index) => this.#update(index)),
      all(projections, (index) => this.#tire(index)),
      all(projections, (index) => this.#arrive(index)),
      all(projections, (index) => this.#fire(index)),
      this.#grow(),
      all(inputs, (index) => this.#drive(index)),
    ]);
    const step = [...update, ...tire, ...arrive.flat(), ...fire, grow].filter((pass) => pass !== undefined);
    return { moment: this.#moment, step, inputs: drive };
  }

  async #update(index: number): Promise<Pass> {
    const { model, neurons } = this.#network.populations[index]!;
    const { name } = neurons.model;
    const plan = this.#arrays.uniform(`plan of '${model.name}'`, stepPlan(this.#network, this.#layout, index));
    const { states, received, spikes, counters, tables, shares } = this.#buffers;
    const bindings: Binding[] = ['uniform', 'storage', 'storage', 'storage', 'storage', 'read-only-storage', 'storage'];
    const shader = await this.#shader({ label: name, code: stepPart + stepTexts[name]!, entry: 'main', bindings });
    return shader.on([plan, states, received, spikes, counters, tables, shares], this.#lanes(model.neurons));
  }

  async #tire(index: number): Promise<Pass | undefined> {
    const projection = this.#network.projections[index]!;
    if (projection.shortTerm === undefined) return undefined;
    const plan = this.#plan(index, shortTermPlan(projection, this.#layout, index));
    const { spikes, shortTerm, tables } = this.#buffers;
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'storage', 'read-only-storage'];
    const shader = await this.#shader({ label: 'tired synapses', code: tireShader, entry: 'tire', bindings });
    return shader.on([plan, spikes, shortTerm, tables], this.#lanes(this.#senders(index)));
  }

  async #arrive(index: number): Promise<Pass[]> {
    const { from, rule } = this.#network.projections[index]!;
    const isGraded = this.#layout.populations[from]!.sharesStart !== undefined;
    const { spikes, shares, received, shortTerm } = this.#buffers;
    const { weights, rows } = this.#buffers.projections[index]!;
    const passes: Pass[] = [];
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'storage', 'read-only-storage', 'storage'];
    if (isGraded) {
      const shader = await this.#shader({ label: 'flow', code: flowShader, entry: 'flow', bindings });
      passes.push(shader.on([this.#plan(index), shares, weights, rows, received], this.#groups(this.#senders(index))));
    }
    if (rule !== undefined) passes.push(await this.#event(index, 'arrive', rows, this.#senders(index)));
    else if (!isGraded) {
      bindings.push('read-only-storage');
      const shader = await this.#shader({ label: 'delivery', code: deliverShader, entry: 'arrive', bindings });
      const words = this.#groups(Math.ceil(this.#senders(index) / 32));
      passes.push(shader.on([this.#plan(index), spikes, weights, rows, received, shortTerm], words));
    }
    return passes;
  }

  async #fire(index: number): Promise<Pass | undefined> {
    const { columns } = this.#buffers.projections[index]!;
    if (columns === undefined) return undefined;
    return this.#event(
      index,
      'fire',
      columns,
      this.#network.populations[this.#network.projections[index]!.to]!.model.neurons,
    );
  }

  /** @param list rows for arrivals, columns for firings. @param neurons whose events they are */
  async #event(index: number, entry: 'arrive' | 'fire', list: GPUBuffer, neurons: number): Promise<Pass> {
    const projection = this.#network.projections[index]!;
    const { kernel } = projection.rule!;
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'storage', 'read-only-storage', 'storage'];
    bindings.push('read-only-storage', 'storage', 'read-only-storage', 'storage');
    const code = rulePart + ruleKernels[kernel];
    const shader = await this.#shader({ label: `${kernel}, ${entry}`, code, entry, bindings });
    const plan = this.#plan(index, rulePlan(projection, this.#layout.projections[index]!.traces));
    const { spikes, received, shortTerm, traces, tables, counters } = this.#buffers;
    const { weights } = this.#buffers.projections[index]!;
    const words = this.#groups(Math.ceil(neurons / 32));
    return shader.on([plan, spikes, weights, list, received, shortTerm, traces, tables, counters], words);
  }

  async #grow(): Promise<Pass | undefined> {
    const all = this.#layout.projections.flatMap(({ traces }) => traces);
    if (all.length === 0) return undefined;
    const plan = this.#arrays.storage('plan of the traces', Int32Array.from(tracePlan(this.#network, this.#layout)));
    const { spikes, traces, tables, counters } = this.#buffers;
    const bindings: Binding[] = ['read-only-storage', 'read-only-storage', 'storage', 'read-only-storage', 'storage'];
    const constants = { traceUnit, stateMax };
    const shader = await this.#shader({ label: 'traces', code: traceShader, entry: 'grow', bindings, constants });
    const [across] = this.#lanes(Math.max(...all.map(({ neurons }) => neurons)));
    return shader.on([plan, spikes, traces, tables, counters], [across, all.length]);
  }

  async #drive(index: number): Promise<NetworkPasses['inputs'][number]> {
    const { to, receptor, weight } = this.#network.inputs[index]!;
    const { neurons, name } = this.#network.populations[to]!.model;
    const entries = this.#arrays.storage(`driven neurons of '${name}'`, 1 + 2 * neurons);
    const receivedStart = this.#layout.populations[to]!.receivedStart + receptor * neurons;
    const plan = this.#arrays.uniform(`plan of the input to '${name}'`, Int32Array.of(receivedStart, weight));
    const shader = await this.#shader({
      label: 'input',
      code: driveShader,
      entry: 'drive',
      constants: { bound: stateMax + 1 },
      bindings: ['uniform', 'storage', 'read-only-storage'],
      moment: undefined,
    });
    return { entries, pass: shader.on([plan, this.#buffers.received, entries], this.#lanes(neurons)) };
  }

  #shader(source: Omit<ShaderSource, 'constants' | 'moment'> & Partial<ShaderSource>): Promise<GpuShader> {
    const known = this.#shaders.get(source.label);
    if (known !== undefined) return known;
    const constants = { workgroupSize: this.#workgroupSize, ...source.constants };
    const shader = GpuShader.compile(this.#device, { moment: this.#moment, ...source, constants });
    this.#shaders.set(source.label, shader);
    return shader;
  }

  #plan(index: number, more: readonly number[] = []): GPUBuffer {
    const route = routePlan(this.#network, this.#layout, index);
    return this.#arrays.uniform(
      `plan of '${this.#network.projections[index]!.name}'`,
      Int32Array.from([...route, ...more]),
    );
  }

  #senders(index: number): number {
    return this.#network.populations[this.#network.projections[index]!.from]!.model.neurons;
  }

  /** Shaders take what is beyond the most groups by going round. */
  #groups(count: number): [across: number, down: number] {
    return [Math.max(1, Math.min(count, this.#device.limits.maxComputeWorkgroupsPerDimension)), 1];
  }

  #lanes(count: number): [across: number, down: number] {
    return this.#groups(Math.ceil(count / this.#workgroupSize));
  }
}
