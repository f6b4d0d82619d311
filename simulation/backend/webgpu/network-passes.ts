// Puts a network on a graphics processor: its shaders, and what is dispatched in each phase of a tick; simulation process.
import { stateMax } from '../../kernel/fixed-point.ts';
import type { ProgramEvent } from '../../../common/learning-rule/program/program.ts';
import { traceUnit } from '../../learning/traces.ts';
import type { CompiledNetwork } from '../../network/compiled-network.ts';
import { surveyPartsOf } from '../../network/survey-parts.ts';
import type { GpuArrays } from './gpu-arrays.ts';
import { type Binding, GpuShader, layoutOf, type Pass, type ShaderSource } from './gpu-shader.ts';
import { joined, type NetworkBuffers } from './network-buffers.ts';
import type { NetworkLayout } from './network-layout.ts';
import { averageShader, traceShader } from './memory-parts.ts';
import { averagePlan, routePlan, rulePlan, shortTermPlan, stepPlan, tracePlan } from './plans.ts';
import { putSharesShader, putSpikesShader } from './bundle-shaders.ts';
import { ruleShader } from './rule-shader.ts';
import { deliverShader, driveShader, flowShader, stepPart, tireShader } from './shader-parts.ts';
import { stepKernels } from './step-kernels.ts';
import { surveyShader } from './survey-shader.ts';
import { bundlesOf, type Sent } from './synapse-bundles.ts';

export interface NetworkPasses {
  /** Layout of the moment's group, which is group 0 of all passes. */
  readonly moment: GPUBindGroupLayout;
  /** In order; a pass sees what those before it wrote. */
  readonly advance: readonly Pass[];
  readonly arrive: readonly Pass[];
  /** After all phases. */
  readonly survey: readonly Pass[];
  /** Those of `advance` that put spikes and shares where they will arrive. */
  readonly put: readonly Pass[];
  /** For each population where the parameters of its neurons lie. */
  readonly parameters: readonly ParametersPlace[];
  /** For each input of the network its entries, and the pass that adds them. */
  readonly inputs: readonly { readonly entries: GPUBuffer; readonly pass: Pass }[];
}

export interface ParametersPlace {
  readonly plans: GPUBuffer;
  /** First word. */
  readonly start: number;
}

/** Workgroups across and down. */
type Grid = readonly [across: number, down: Pass['workgroupsY']];

const stepTexts: Readonly<Record<string, string>> = stepKernels;

/** Builds the passes of one network; each shader text is compiled once. */
export class PassBuilder {
  readonly #device: GPUDevice;
  readonly #arrays: GpuArrays;
  readonly #network: CompiledNetwork;
  readonly #layout: NetworkLayout;
  readonly #buffers: NetworkBuffers;
  readonly #workgroupSize: number;
  readonly #moment: GPUBindGroupLayout;
  readonly #shaders = new Map<string, Promise<GpuShader>>();
  readonly #parameters: ParametersPlace[] = [];

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
    const models = new Set(populations.map(({ neurons }) => neurons.model.name));
    const [update, spikes, shares, tire, arrive, fire, change, grow, average, survey, drive] = await Promise.all([
      Promise.all([...models].map((name) => this.#update(name))),
      this.#put('spikes'),
      this.#put('shares'),
      all(projections, (index) => this.#tire(index)),
      all(projections, (index) => this.#arrive(index)),
      all(projections, (index) => this.#fire(index)),
      all(projections, (index) => this.#change(index)),
      this.#grow(),
      this.#average(),
      all(projections, (index) => this.#survey(index)),
      all(inputs, (index) => this.#drive(index)),
    ]);
    const arriving = [...tire, ...arrive.flat(), ...fire, ...change, grow, average];
    const put = [...spikes, ...shares];
    return {
      moment: this.#moment,
      advance: [...update, ...put],
      arrive: arriving.filter((pass) => pass !== undefined),
      survey: survey.filter((pass) => pass !== undefined),
      put,
      parameters: this.#parameters,
      inputs: drive,
    };
  }

  /** All populations of a model. */
  async #update(name: string): Promise<Pass> {
    const { populations } = this.#network;
    const of = [...populations.keys()].filter((index) => populations[index]!.neurons.model.name === name);
    const plans = of.map((index) => stepPlan(this.#network, this.#layout, index));
    const plan = this.#arrays.storage(`plans of ${name}`, joined(plans));
    let end = 0;
    for (const [at, index] of of.entries()) {
      end += plans[at]!.length;
      this.#parameters[index] = { plans: plan, start: end - populations[index]!.neurons.parameters.length };
    }
    const { states, received, spikes, counters, tables, shares } = this.#buffers;
    const bindings: Binding[] = ['read-only-storage', 'storage', 'storage', 'storage', 'storage', 'read-only-storage'];
    bindings.push('storage');
    const shader = await this.#shader({ label: name, code: stepPart + stepTexts[name]!, entry: 'main', bindings });
    const [across] = this.#lanes(Math.max(...of.map((index) => populations[index]!.model.neurons)));
    return shader.on([plan, states, received, spikes, counters, tables, shares], [across, of.length]);
  }

  /** A pass for each bundle: one, where the device takes all synapses in one piece. */
  async #put(sent: Sent): Promise<Pass[]> {
    const ofSpikes = sent === 'spikes';
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'read-only-storage', 'read-only-storage', 'storage'];
    const code = ofSpikes ? putSpikesShader : putSharesShader;
    const source = { label: `${sent} on their way`, code, entry: ofSpikes ? 'putSpikes' : 'putShares', bindings };
    const passes: Pass[] = [];
    for (const bundle of bundlesOf(this.#network, this.#layout, sent, this.#arrays.mostWords)) {
      const { firstSender, senders } = bundle;
      const plan = this.#arrays.uniform(`plan of a bundle of ${sent}`, Int32Array.of(firstSender, senders));
      const weights = this.#arrays.storage('weights that do not change', bundle.weights);
      const rows = this.#arrays.storage('synapses that do not change', bundle.rows);
      const [across] = ofSpikes ? this.#words(senders) : this.#groups(senders);
      const { received } = this.#buffers;
      const shader = await this.#shader(source);
      passes.push(shader.on([plan, this.#buffers[sent], weights, rows, received], [across, 'steps']));
    }
    return passes;
  }

  async #tire(index: number): Promise<Pass | undefined> {
    const projection = this.#network.projections[index]!;
    if (projection.shortTerm === undefined) return undefined;
    const plan = this.#plan(index, shortTermPlan(projection, this.#layout, index));
    const { spikes, memories, tables } = this.#buffers;
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'storage', 'read-only-storage'];
    const shader = await this.#shader({ label: 'tired synapses', code: tireShader, entry: 'tire', bindings });
    return shader.on([plan, spikes, memories, tables], this.#lanes(this.#senders(index)));
  }

  async #arrive(index: number): Promise<Pass[]> {
    const { from, rule } = this.#network.projections[index]!;
    const synapses = this.#buffers.projections[index];
    if (synapses === undefined) return [];
    const isGraded = this.#layout.populations[from]!.sharesStart !== undefined;
    const { spikes, shares, received, memories } = this.#buffers;
    const { weights, rows } = synapses;
    const passes: Pass[] = [];
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'storage', 'read-only-storage', 'storage'];
    if (isGraded) {
      const shader = await this.#shader({ label: 'flow', code: flowShader, entry: 'flow', bindings });
      const [across] = this.#groups(this.#senders(index));
      passes.push(shader.on([this.#plan(index), shares, weights, rows, received], [across, 'steps']));
    }
    const [across] = this.#words(this.#senders(index));
    if (rule?.blocks.arrival !== undefined) passes.push(await this.#event(index, 'arrival', rows, [across, 1]));
    else if (!isGraded) {
      bindings.push('read-only-storage');
      const shader = await this.#shader({ label: 'delivery', code: deliverShader, entry: 'arrive', bindings });
      const buffers = [this.#plan(index), spikes, weights, rows, received, memories];
      passes.push(shader.on(buffers, [across, 'steps']));
    }
    return passes;
  }

  async #fire(index: number): Promise<Pass | undefined> {
    const columns = this.#buffers.projections[index]?.columns;
    if (columns === undefined) return undefined;
    const receivers = this.#network.populations[this.#network.projections[index]!.to]!.model.neurons;
    return this.#event(index, 'firing', columns, this.#words(receivers));
  }

  async #change(index: number): Promise<Pass | undefined> {
    const { rule, targets } = this.#network.projections[index]!;
    const synapses = this.#buffers.projections[index];
    if (rule?.blocks.step === undefined || synapses === undefined) return undefined;
    return this.#event(index, 'step', synapses.rows, this.#lanes(targets.length));
  }

  /** @param list columns for firings, else rows */
  async #event(index: number, event: ProgramEvent, list: GPUBuffer, groups: Grid): Promise<Pass> {
    const { name, rule } = this.#network.projections[index]!;
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'storage', 'read-only-storage', 'storage'];
    bindings.push('read-only-storage', 'read-only-storage', 'storage', 'read-only-storage');
    const label = `learning of '${name}', ${event}`;
    const shader = await this.#shader({ label, code: ruleShader(rule!, event), entry: 'main', bindings });
    const plan = this.#plan(index, rulePlan(this.#network, this.#layout, index, event));
    const { spikes, received, memories, tables, counters, states } = this.#buffers;
    const { weights } = this.#buffers.projections[index]!;
    return shader.on([plan, spikes, weights, list, received, memories, tables, counters, states], groups);
  }

  async #grow(): Promise<Pass | undefined> {
    const all = this.#layout.projections.flatMap(({ traces }) => traces);
    if (all.length === 0) return undefined;
    const plan = this.#arrays.storage('plan of the traces', Int32Array.from(tracePlan(this.#layout)));
    const { spikes, memories, tables, counters } = this.#buffers;
    const bindings: Binding[] = ['read-only-storage', 'read-only-storage', 'storage', 'read-only-storage', 'storage'];
    const constants = { traceUnit, stateMax };
    const shader = await this.#shader({ label: 'traces', code: traceShader, entry: 'grow', bindings, constants });
    const [across] = this.#lanes(Math.max(...all.map(({ neurons }) => neurons)));
    return shader.on([plan, spikes, memories, tables, counters], [across, all.length]);
  }

  async #average(): Promise<Pass | undefined> {
    const all = this.#layout.projections.flatMap(({ averages }) => averages);
    if (all.length === 0) return undefined;
    const plan = this.#arrays.storage('plan of the averages', Int32Array.from(averagePlan(this.#layout)));
    const { spikes, memories, states } = this.#buffers;
    const bindings: Binding[] = ['read-only-storage', 'read-only-storage', 'storage', 'read-only-storage'];
    const shader = await this.#shader({ label: 'averages', code: averageShader, entry: 'average', bindings });
    const [across] = this.#lanes(Math.max(...all.map(({ neurons }) => neurons)));
    return shader.on([plan, spikes, memories, states], [across, all.length]);
  }

  async #survey(index: number): Promise<Pass | undefined> {
    const { name, rule, rowStart } = this.#network.projections[index]!;
    if (rule === undefined) return undefined;
    const before = this.#network.projections.slice(0, index).filter((each) => each.rule !== undefined).length;
    const rangeAt = this.#layout.surveysStart + 2 * before;
    const { surveyAt } = this.#layout.projections[index]!;
    const plan = this.#arrays.uniform(`plan of the survey of '${name}'`, Int32Array.of(rangeAt, surveyAt));
    const { tables, counters } = this.#buffers;
    const { weights } = this.#buffers.projections[index]!;
    const bindings: Binding[] = ['uniform', 'read-only-storage', 'read-only-storage', 'storage'];
    const shader = await this.#shader({ label: 'survey of weights', code: surveyShader, entry: 'survey', bindings });
    const parts = surveyPartsOf({ rowStart }).map((sender) => rowStart[sender]!);
    const longest = parts.reduce((most, end, part) => Math.max(most, end - (parts[part - 1] ?? 0)), 0);
    return shader.on([plan, weights, tables, counters], this.#lanes(longest));
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
    });
    return { entries, pass: shader.on([plan, this.#buffers.received, entries], this.#lanes(neurons)) };
  }

  #shader(source: Omit<ShaderSource, 'constants' | 'moment'> & Partial<ShaderSource>): Promise<GpuShader> {
    const known = this.#shaders.get(source.code);
    if (known !== undefined) return known;
    const constants = { workgroupSize: this.#workgroupSize, ...source.constants };
    const shader = GpuShader.compile(this.#device, { moment: this.#moment, ...source, constants });
    this.#shaders.set(source.code, shader);
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
  #groups(count: number): Grid {
    return [Math.max(1, Math.min(count, this.#device.limits.maxComputeWorkgroupsPerDimension)), 1];
  }

  /** A workgroup for each 32 neurons. */
  #words(neurons: number): Grid {
    return this.#groups(Math.ceil(neurons / 32));
  }

  #lanes(count: number): Grid {
    return this.#groups(Math.ceil(count / this.#workgroupSize));
  }
}
