// A network of pyramidal neurons with apical dendrites and interneurons that cancel what the layer above is expected to do; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Layer, MultilayerNetwork } from '../deep/multilayer-network.ts';
import { below } from './phase-learner.ts';
import type { RestSettings } from './settings.ts';

/** By the symbols of the declaration. */
export interface Conductances {
  readonly g_leak: number;
  readonly g_basal: number;
  readonly g_apical: number;
  readonly g_somatic: number;
  readonly g_teaching: number;
}

/** Of each hidden layer: its apical dendrites and its interneurons, one for each neuron of the layer above. */
export interface ApicalLayer {
  /** neurons of the layer × neurons of the layer above */
  readonly feedback: Matrix;
  /** From the layer onto its interneurons; biases are those of the neurons that they stand for. */
  readonly toInterneurons: Layer;
  /** From interneurons onto apical dendrites: neurons of the layer × interneurons; no biases. */
  readonly inhibition: Layer;
}

export interface Microcircuit {
  readonly network: MultilayerNetwork;
  readonly apical: readonly ApicalLayer[];
  readonly conductances: Conductances;
}

/** Potentials above rest of each layer, samples × neurons; hidden layers have apical dendrites and interneurons. */
export interface MicrocircuitState {
  readonly somata: readonly Matrix[];
  readonly interneurons: readonly Matrix[];
}

/** What the microcircuit is made of. Arrays: samples × neurons. */
export interface MicrocircuitParts {
  /** Part of the potential of the basal dendrite that is at the soma without apical, teaching or somatic input. */
  attenuation(conductances: Conductances, isOutput: boolean): number;
  /** @returns potentials of apical dendrites of a hidden layer: feedback less inhibition. */
  apical(circuit: Microcircuit, state: MicrocircuitState, index: number): Matrix;
  /** @returns where the potential of a soma goes. @param basal potentials of basal dendrites */
  soma(
    circuit: Microcircuit,
    state: MicrocircuitState,
    index: number,
    basal: Matrix,
    targets: Matrix | undefined,
  ): Matrix;
  /** @returns where interneurons of a hidden layer go. @param dendrite potentials of their dendrites */
  interneurons(circuit: Microcircuit, state: MicrocircuitState, index: number, dendrite: Matrix): Matrix;
}

export const microcircuitParts: MicrocircuitParts = {
  attenuation: ({ g_leak, g_basal, g_apical }, isOutput) => g_basal / (g_leak + g_basal + (isOutput ? 0 : g_apical)),
  apical({ network, apical }, { somata, interneurons }, index) {
    const { feedback, inhibition } = apical[index]!;
    const above = network.layers[index + 1]!.activation;
    const rates = somata[index + 1]!.map((potential) => above.of(potential));
    const cancelling = interneurons[index]!.map((potential) => above.of(potential));
    return rates.times(feedback.transposed()).plus(cancelling.times(inhibition.weights.transposed()));
  },
  soma(circuit, state, index, basal, targets) {
    const { g_leak, g_basal, g_apical, g_teaching } = circuit.conductances;
    if (index < circuit.apical.length) {
      const apical = this.apical(circuit, state, index);
      return basal.with(apical, (b, a) => (g_basal * b + g_apical * a) / (g_leak + g_basal + g_apical));
    }
    if (targets === undefined) return basal.scaled(g_basal / (g_leak + g_basal));
    return basal.with(targets, (b, target) => (g_basal * b + g_teaching * target) / (g_leak + g_basal + g_teaching));
  },
  interneurons({ conductances: { g_leak, g_basal, g_somatic } }, { somata }, index, dendrite) {
    return dendrite.with(
      somata[index + 1]!,
      (own, above) => (g_basal * own + g_somatic * above) / (g_leak + g_basal + g_somatic),
    );
  },
};

/** @returns potentials of dendrites by the rates of senders. */
export const dendrites = (rates: Matrix, { weights, biases }: Layer): Matrix =>
  rates.times(weights.transposed()).map((value, at) => value + biases[at % biases.length]!);

/** @returns rates of a layer from potentials of its somata. */
export const ratesOf = ({ network: { layers } }: Microcircuit, { somata }: MicrocircuitState, index: number): Matrix =>
  somata[index]!.map((potential) => layers[index]!.activation.of(potential));

/**
 * Lets potentials go to rest; it is where the time course of Sacramento et al. ends, whatever the time constants.
 * @param targets potentials of the teacher; undefined: there is none
 * `step` is the part of the way in one step.
 */
export function settleMicrocircuit(
  parts: MicrocircuitParts,
  circuit: Microcircuit,
  inputs: Matrix,
  targets: Matrix | undefined,
  { T, rest, step }: RestSettings & { readonly step: number },
): MicrocircuitState {
  let state = startOf(circuit, inputs.rows);
  for (let count = 0; count < T; count++) {
    const next = microcircuitStep(parts, circuit, inputs, targets, state, step);
    const moved = Math.max(largest(state.somata, next.somata), largest(state.interneurons, next.interneurons));
    state = next;
    if (moved <= rest) break;
  }
  return state;
}

export function microcircuitStep(
  parts: MicrocircuitParts,
  circuit: Microcircuit,
  inputs: Matrix,
  targets: Matrix | undefined,
  state: MicrocircuitState,
  step: number,
): MicrocircuitState {
  const { layers } = circuit.network;
  const rates = layers.map((_, index) => ratesOf(circuit, state, index));
  const go = (from: Matrix, to: Matrix) => from.with(to, (own, goal) => own + step * (goal - own));
  return {
    somata: state.somata.map((own, index) => {
      const basal = dendrites(below(inputs, rates, index), layers[index]!);
      return go(own, parts.soma(circuit, state, index, basal, targets));
    }),
    interneurons: state.interneurons.map((own, index) => {
      const dendrite = dendrites(rates[index]!, circuit.apical[index]!.toInterneurons);
      return go(own, parts.interneurons(circuit, state, index, dendrite));
    }),
  };
}

const startOf = ({ network: { layers }, apical }: Microcircuit, samples: number): MicrocircuitState => ({
  somata: layers.map(({ biases }) => new Matrix(samples, biases.length)),
  interneurons: apical.map(({ feedback }) => new Matrix(samples, feedback.columns)),
});

function largest(before: readonly Matrix[], after: readonly Matrix[]): number {
  let found = 0;
  for (const [index, { values }] of before.entries()) {
    for (let at = 0; at < values.length; at++)
      found = Math.max(found, Math.abs(values[at]! - after[index]!.values[at]!));
  }
  return found;
}
