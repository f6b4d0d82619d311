// A network with one projection whose senders and receivers are made to fire in turns, timed tick by tick; bench program of the simulation.
import { assert } from '../../common/base/assert.ts';
import { ticksOfCycle } from '../../common/bench/rule-cost.ts';
import type { NativeAddon } from '../../native/native-addon.ts';
import { NativeBackend } from '../backend/native/native-backend.ts';
import type { CompiledNetwork } from '../network/compiled-network.ts';
import { RandomSequence } from '../network/random.ts';
import type { TickRecord } from './tick-costs.ts';

export class DrivenNetwork {
  readonly synapses: number;
  /** Whether its synapses change when a spike arrives or a receiver fires; otherwise they only step. */
  readonly doesLearnAtEvents: boolean;
  readonly #backend: NativeBackend;
  readonly #network: CompiledNetwork;
  readonly #learning: Int32Array;
  readonly #frozen: Int32Array;
  readonly #outDegrees: Uint32Array;
  readonly #inDegrees: Uint32Array;
  readonly #delaySteps: number;
  /** Of senders, on their way: by tick. */
  readonly #underway: number[] = [];
  #cycle = 0;

  constructor(network: CompiledNetwork, Network: NativeAddon['Network']) {
    const [projection, ...more] = network.projections;
    assert(projection !== undefined && more.length === 0 && network.stepsPerTick === 1, 'one projection and delay');
    this.#network = network;
    this.#backend = new NativeBackend(network, Network);
    // All learn, and third factors are as small as can be without being 0, so that nothing could be left out.
    this.#learning = new Int32Array(network.signalWords).fill(1);
    this.#frozen = new Int32Array(network.signalWords);
    this.#delaySteps = projection.delaySteps;
    this.synapses = projection.targets.length;
    const blocks = projection.rule?.blocks;
    this.doesLearnAtEvents = blocks?.arrival !== undefined || blocks?.firing !== undefined;
    const { rowStart, targets } = projection;
    this.#outDegrees = Uint32Array.from({ length: rowStart.length - 1 }, (_, at) => rowStart[at + 1]! - rowStart[at]!);
    this.#inDegrees = new Uint32Array(network.populations[projection.to]!.model.neurons);
    for (const target of targets) this.#inDegrees[target]!++;
  }

  /**
   * Lets neurons fire by spikes on electrodes drawn without repetition, and carries out the ticks of a cycle.
   * @param doesLearn otherwise spikes are delivered and traces go on, and synapses stay as they are
   */
  carryOutCycle(driven: number, doesLearn: boolean): TickRecord[] {
    const channels = drawn(driven, this.#network.channels, this.#cycle++);
    const signals = doesLearn ? this.#learning : this.#frozen;
    return Array.from({ length: ticksOfCycle }, (_, tick) => this.#tick(tick === 0 ? channels : nothing, signals));
  }

  #tick(channels: Uint16Array, signals: Int32Array): TickRecord {
    const beganMs = performance.now();
    const fired = this.#backend.step(channels, channels.length, signals);
    const milliseconds = performance.now() - beganMs;
    let [sent, firings] = [0, 0];
    const senders = this.#outDegrees.length;
    for (const neuron of fired) {
      if (neuron < senders) sent += this.#outDegrees[neuron]!;
      else firings += this.#inDegrees[neuron - senders]!;
    }
    this.#underway.push(sent);
    const arrivals = this.#underway.length > this.#delaySteps ? this.#underway.shift()! : 0;
    return { milliseconds, arrivals, firings };
  }
}

const nothing = new Uint16Array(0);

/** The same for all networks in their nth cycle. @returns `count` different channels of `channels`, ascending */
export function drawn(count: number, channels: number, cycle: number): Uint16Array {
  const chosen = new Set<number>();
  const random = new RandomSequence(cycle);
  while (chosen.size < Math.min(count, channels)) chosen.add(random.next() % channels);
  return Uint16Array.from(chosen).sort();
}
