// All signals of a network, and what learning rules get of them in each tick; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { Signal } from '../../common/experiment/network/signal.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import type { LearningSample } from '../../common/simulation-protocol/sample-message.ts';
import { quietSignals } from '../backend/check-signals.ts';
import { SpikeList } from '../spike-list.ts';
import type { CompiledNetwork, CompiledThirdFactor } from '../network/compiled-network.ts';
import { activitySignal, burstSignal, noveltySignal } from './activity.ts';
import { decoderSignal, rewardSignal } from './decoder.ts';
import { type FeedbackRow, feedbackOf } from './feedback.ts';
import type { RunningSignal } from './signal.ts';

interface Reception {
  readonly factor: CompiledThirdFactor;
  readonly signal: RunningSignal;
  /** For each number that the rule takes, what it is made of. */
  readonly rows: readonly FeedbackRow[];
}

export class Signals {
  /** The third factors of all rules. */
  readonly #words: Int32Array;
  readonly #gates: CompiledNetwork['gates'];
  /** In the order of the network model. */
  readonly #byIndex: readonly RunningSignal[];
  /** In the order in which they are made. */
  readonly #running: readonly RunningSignal[];
  /** For each signal of the network model what it is held at; NaN: it runs. */
  readonly #heldAt: Float64Array;
  readonly #receptions: readonly Reception[];
  /** Neurons that fired in the tick before. */
  readonly #fired = new SpikeList();
  #tick = 0;

  constructor(network: CompiledNetwork, { network: model, tickMilliseconds }: SimulationConfiguration) {
    this.#words = quietSignals(network);
    this.#gates = network.gates;
    const running = new Map<string, RunningSignal>();
    // Rewards read decoders' errors of the same tick.
    const inOrder = [...model.signals.entries()].sort(([, a], [, b]) => rank(a) - rank(b));
    for (const [index, signal] of inOrder)
      running.set(signal.name, start(signal, index, network, tickMilliseconds, running));
    this.#running = [...running.values()];
    this.#byIndex = model.signals.map(({ name }) => running.get(name)!);
    this.#heldAt = new Float64Array(model.signals.length).fill(NaN);
    this.#receptions = network.thirdFactors.map((factor, index) => {
      const signal = running.get(factor.source.signal);
      assert(signal !== undefined, `the checked network has no signal '${factor.source.signal}'`);
      return { factor, signal, rows: feedbackOf(factor, signal.values.length, network.seed, index) };
    });
  }

  /**
   * Makes the signals of the next tick.
   * @param channels electrodes that spiked, the first `count` entries
   * @returns what back ends read, overwritten by the next call.
   */
  advance(channels: Uint16Array, count: number): Int32Array {
    if (this.#running.length === 0) return this.#words;
    const spikes = { channels, count, fired: this.#fired.view() };
    for (const signal of this.#running) signal.advance(spikes, this.#tick);
    for (const [index, held] of this.#heldAt.entries())
      if (!Number.isNaN(held)) this.#byIndex[index]!.values.fill(held);
    this.#tick++;
    for (const { factor, signal, rows } of this.#receptions) {
      const { low, high, binaryPlaces } = factor.factor;
      const gain = factor.source.gain * 2 ** binaryPlaces;
      for (let at = 0; at < factor.length; at++) {
        const row = rows[rows.length === 1 ? 0 : at]!;
        let sum = 0;
        for (let output = 0; output < row.length; output++) sum += row[output]! * signal.values[output]!;
        this.#words[factor.start + at] = Math.max(low, Math.min(high, Math.round(gain * sum)));
      }
    }
    return this.#words;
  }

  /** @param projection index in the network model of one that learns. Frozen synapses stay as they are. */
  freeze(projection: number, isFrozen: boolean): void {
    const gate = this.#gates.get(projection);
    assert(gate !== undefined, `projection ${projection} does not learn`);
    this.#words[gate] = isFrozen ? 0 : 1;
  }

  /** Holds a signal at a value, all its numbers; undefined lets it run again. It is made on meanwhile. @param signal index in the network model */
  clamp(signal: number, value: number | undefined): void {
    assert(signal < this.#heldAt.length, `there is no signal ${signal}`);
    this.#heldAt[signal] = value ?? NaN;
  }

  /** How many signals the network model has. */
  get count(): number {
    return this.#byIndex.length;
  }

  /** What each signal of the network model is now, and what the operator has frozen and holds; a copy. */
  get sample(): Pick<LearningSample, 'signals' | 'frozen' | 'held'> {
    return {
      signals: this.#byIndex.map(({ values }) => [...values]),
      frozen: [...this.#gates].flatMap(([projection, gate]) => (this.#words[gate] === 0 ? [projection] : [])),
      held: [...this.#heldAt.keys()].filter((index) => !Number.isNaN(this.#heldAt[index])),
    };
  }

  /** Takes the neurons that fired in this tick, for the next one. */
  observe(fired: Uint32Array): void {
    if (this.#running.length === 0) return;
    this.#fired.clear();
    for (const neuron of fired) this.#fired.add(neuron);
  }

  /** @returns everything that decides what comes: what is frozen and held, the tick, who fired in it, then each signal's numbers of 64 bits as two words. */
  state(): Record<string, Int32Array> {
    const ofSignals = this.#running.map(({ state }, index) => {
      const all = Float64Array.from(state.flatMap((part) => [...part]));
      return [`signal/${index}`, new Int32Array(all.buffer)] as const;
    });
    const gates = { 'signals/gates': Int32Array.from([...this.#gates.values()], (gate) => this.#words[gate]!) };
    return this.#running.length === 0
      ? gates
      : {
          ...gates,
          'signals/held': new Int32Array(this.#heldAt.slice().buffer),
          'signals/tick': Int32Array.of(this.#tick),
          'signals/fired': Int32Array.from(this.#fired.view()),
          ...Object.fromEntries(ofSignals),
        };
  }

  /** @throws RangeError when it is not the state of these signals. */
  restore(arrays: Readonly<Record<string, Int32Array>>): void {
    const [gates, held] = [arrays['signals/gates'], arrays['signals/held']];
    if (gates?.length !== this.#gates.size) throw new RangeError('the state does not say which projections learn');
    if (this.#running.length > 0 && held?.length !== 2 * this.#heldAt.length)
      throw new RangeError('the state does not say which signals are held');
    const saved = this.#running.map(({ state }, index) => {
      const words = arrays[`signal/${index}`];
      if (words?.length !== 2 * state.reduce((sum, part) => sum + part.length, 0))
        throw new RangeError(`the state is not that of signal ${index}`);
      return { state, values: new Float64Array(words.slice().buffer) };
    });
    const [tick, fired] = [arrays['signals/tick']?.[0], arrays['signals/fired']];
    if (this.#running.length > 0 && (tick === undefined || fired === undefined))
      throw new RangeError('the state has no signals');
    for (const [at, gate] of [...this.#gates.values()].entries()) this.#words[gate] = gates[at]!;
    if (tick === undefined || fired === undefined || held === undefined) return;
    this.#heldAt.set(new Float64Array(held.slice().buffer));
    this.#tick = tick;
    this.observe(Uint32Array.from(fired));
    for (const { state, values } of saved) {
      let at = 0;
      for (const part of state) {
        part.set(values.subarray(at, at + part.length));
        at += part.length;
      }
    }
  }
}

const rank = ({ kind }: Signal) => Number(kind === 'reward');

function start(
  signal: Signal,
  index: number,
  network: CompiledNetwork,
  tickMilliseconds: number,
  running: ReadonlyMap<string, RunningSignal>,
): RunningSignal {
  switch (signal.kind) {
    case 'activity':
      return activitySignal(signal, network, tickMilliseconds);
    case 'burst-rate':
      return burstSignal(signal, network, tickMilliseconds);
    case 'novelty':
      return noveltySignal(signal, network, tickMilliseconds);
    case 'decoder-error':
      return decoderSignal(signal, index, network, tickMilliseconds);
    case 'reward': {
      const error = running.get(signal.of);
      assert(error !== undefined, `the checked network has no decoder '${signal.of}'`);
      return rewardSignal(signal, error, tickMilliseconds);
    }
  }
}
