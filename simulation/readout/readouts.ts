// Turns the spikes of a tick into requests for stimuli; simulation process.
import { assert } from '../../common/base/assert.ts';
import type { Stimulus } from '../../common/experiment/experiment.ts';
import type { Readout } from '../../common/experiment/network-model.ts';
import type { SimulationConfiguration } from '../../common/simulation-protocol/configuration.ts';
import type { StimulusRequest } from '../../common/simulation-protocol/result.ts';
import { microseconds, nanoamps } from '../../common/units/units.ts';
import { populationIndex } from '../network/population-index.ts';
import type { CompiledPopulation } from '../network/compiled-network.ts';
import { ReadoutCounter } from './readout-counter.ts';

/** All readouts of a network; times are rounded up to whole ticks. */
export class Readouts {
  readonly #readouts: readonly { counter: ReadoutCounter; request: StimulusRequest }[];

  constructor(
    populations: readonly CompiledPopulation[],
    { network, stimuli, tickMilliseconds }: SimulationConfiguration,
  ) {
    const ticks = (milliseconds: number) => Math.ceil(milliseconds / tickMilliseconds);
    this.#readouts = network.readouts.map((readout, index) => {
      const population = populations[populationIndex(network, readout.from)]!;
      const counter = new ReadoutCounter({
        firstNeuron: population.firstNeuron + readout.firstNeuron,
        neurons: readout.neurons,
        windowTicks: ticks(readout.windowMilliseconds),
        spikesToRequest: readout.spikesToRequest,
        holdOffTicks: ticks(readout.holdOffMilliseconds),
      });
      return { counter, request: requestOf(index, readout, stimuli) };
    });
  }

  /** @returns what decides what comes, readout by readout. */
  state(): Record<string, Int32Array> {
    return Object.fromEntries(this.#readouts.map(({ counter }, index) => [`readout/${index}`, counter.state()]));
  }

  /** @throws RangeError when it is not the state of these readouts. */
  restore(arrays: Readonly<Record<string, Int32Array>>): void {
    for (const [index, { counter }] of this.#readouts.entries()) counter.restore(arrays[`readout/${index}`]);
  }

  /** Takes the spikes of the next tick and adds what is asked for to `requests`. */
  tick(spikes: Uint32Array, requests: StimulusRequest[]): void {
    for (const { counter, request } of this.#readouts) {
      if (counter.tick(spikes)) requests.push(request);
    }
  }
}

function requestOf(index: number, readout: Readout, stimuli: readonly Stimulus[]): StimulusRequest {
  const stimulus = stimuli.find(({ name }) => name === readout.stimulus);
  assert(stimulus !== undefined, `the checked experiment has no stimulus '${readout.stimulus}'`);
  return {
    readout: index,
    electrode: stimulus.electrode,
    amplitudeNanoamps: nanoamps(Math.round(stimulus.amplitudeMicroamps * 1000)),
    phaseMicroseconds: microseconds(stimulus.phaseMicroseconds),
    interphaseMicroseconds: microseconds(stimulus.interphaseMicroseconds),
    leadingPhase: stimulus.leadingPhase,
  };
}
