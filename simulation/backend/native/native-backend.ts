// The back end in C++: the reference's network, computed by the native addon; simulation process.
import { assert } from '../../../common/base/assert.ts';
import type { NativeAddon, NativeNetwork, NativeNetworkPlan } from '../../../native/native-addon.ts';
import { toQ16 } from '../../kernel/share-of.ts';
import { decayFactors } from '../../learning/traces.ts';
import { toColumns } from '../../network/columns.ts';
import type { CompiledNetwork, CompiledProjection } from '../../network/compiled-network.ts';
import { normalTable } from '../../network/normal-table.ts';
import { noiseKey } from '../../network/random.ts';
import type { Backend } from '../backend.ts';
import { populationSaturated, traceSaturated } from '../saturation.ts';

const whole = { nothing: 0, population: 1 } as const;

export class NativeBackend implements Backend {
  readonly name = 'native';
  readonly #network: CompiledNetwork;
  readonly #native: NativeNetwork;
  readonly #spikes: Uint32Array;
  readonly #saturation = new Float64Array(4);
  readonly #plasticSynapses: number;

  constructor(network: CompiledNetwork, Network: NativeAddon['Network']) {
    this.#network = network;
    this.#native = new Network(planOf(network));
    this.#spikes = new Uint32Array(network.neurons * network.stepsPerTick);
    this.#plasticSynapses = network.projections.reduce(
      (sum, { rule, targets }) => sum + (rule === undefined ? 0 : targets.length),
      0,
    );
  }

  step(channels: Uint16Array, count: number): Uint32Array {
    for (let index = 0; index < count; index++) {
      const channel = channels[index]!;
      assert(channel < this.#network.channels, `a spike on channel ${channel} of ${this.#network.channels}`);
    }
    const fired = this.#native.tick(channels, count, this.#spikes, this.#saturation);
    if (this.#saturation[0] !== whole.nothing) this.#reportSaturation();
    return this.#spikes.subarray(0, fired);
  }

  meanPlasticWeightMillivolts(): number {
    return this.#plasticSynapses === 0 ? 0 : this.#native.weightSum() / this.#plasticSynapses / toQ16(1);
  }

  plasticWeights(): Float32Array {
    const weights = new Float32Array(this.#plasticSynapses);
    this.#native.copyPlasticWeights(weights);
    return weights;
  }

  dispose(): void {
    // Memory only; the collector takes it.
  }

  #reportSaturation(): never {
    const [kind, index, neurons, step] = this.#saturation as unknown as [number, number, number, number];
    throw kind === whole.population
      ? populationSaturated(this.#network.populations[index]!.model, neurons, step)
      : traceSaturated(this.#network.projections[index]!.name, neurons, step);
  }
}

function planOf({
  seed,
  stepMilliseconds,
  stepsPerTick,
  populations,
  projections,
  inputs,
}: CompiledNetwork): NativeNetworkPlan {
  return {
    stepsPerTick,
    normalTable,
    populations: populations.map(({ model, firstNeuron, ...neurons }) => ({
      ...neurons,
      neurons: model.neurons,
      randomKey: noiseKey(seed, firstNeuron) | 0,
    })),
    projections: projections.map(({ rule, ...projection }) => ({
      ...projection,
      rule: rule && ruleOf(rule, projection, populations[projection.to]!.model.neurons, stepMilliseconds),
    })),
    inputs,
  };
}

function ruleOf(
  rule: NonNullable<CompiledProjection['rule']>,
  rows: Omit<CompiledProjection, 'rule'>,
  receivers: number,
  stepMilliseconds: number,
): NonNullable<NativeNetworkPlan['projections'][number]['rule']> {
  const factors = (timeConstants: readonly number[]) =>
    timeConstants.map((milliseconds) => decayFactors(milliseconds, stepMilliseconds));
  return {
    kernel: rule.kernel,
    parameters: rule.parameters,
    senderFactors: factors(rule.senderTimeConstantsMilliseconds),
    receiverFactors: factors(rule.receiverTimeConstantsMilliseconds),
    ...toColumns(rows, receivers),
  };
}
