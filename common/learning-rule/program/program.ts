// A learning rule as whole-number instructions for many synapses at once: what every back end carries out alike; runs in every process.

/** Number of a register: first the inputs, then one for each instruction. */
export type Register = number;

/**
 * On signed whole numbers of 32 bits. `multiply` is ⌊(a·b + 2^(shift−1)) / 2^shift⌋ with |a| ≤ 2²⁹ and |b| ≤ 2²³, so that the product is exact in
 * double precision; with a shift of 0 it is a·b. `shiftRight` rounds to the nearest, halves up. Comparisons give 1 or 0.
 * `look` reads a table t of n entries, 2^shift apart, and interpolates: with d = a − low, brought between 0 and (n − 1)·2^shift − 1, it is
 * t[d >> shift] + multiply(t[(d >> shift) + 1] − t[d >> shift], d & (2^shift − 1), shift).
 */
export type Instruction =
  | { readonly kind: 'constant'; readonly value: number }
  | {
      readonly kind: 'add' | 'subtract' | 'min' | 'max' | 'below' | 'atMost';
      readonly a: Register;
      readonly b: Register;
    }
  | { readonly kind: 'multiply'; readonly a: Register; readonly b: Register; readonly shift: number }
  | { readonly kind: 'shiftLeft' | 'shiftRight'; readonly a: Register; readonly bits: number }
  | {
      readonly kind: 'look';
      readonly a: Register;
      readonly table: number;
      readonly low: number;
      readonly shift: number;
    };

export type Side = 'sender' | 'receiver';

/** What a register holds at the beginning. */
export type Input =
  | { readonly kind: 'weight' }
  /** A variable of the synapse beside its weight. */
  | { readonly kind: 'variable'; readonly index: number }
  /** A decaying memory of spikes, in units of 2⁻²⁰. */
  | { readonly kind: 'trace'; readonly side: Side; readonly index: number }
  /** A decaying mean of a value. */
  | { readonly kind: 'average'; readonly side: Side; readonly index: number }
  /** The membrane potential after the neurons' step as the neuron holds it, or 1 for a neuron that fired in this step, else 0. */
  | { readonly kind: 'potential' | 'fired'; readonly side: Side }
  /** A signal from elsewhere. */
  | { readonly kind: 'factor'; readonly index: number };

/** Where a result goes: brought between `low` and `high`, then shifted left. */
export interface Output {
  readonly register: Register;
  /** −1 for the weight, else the index of the variable. */
  readonly variable: number;
  readonly low: number;
  readonly high: number;
  readonly shiftLeft: number;
  /** Whether a result beyond its bounds is not what the rule says; for weights the bounds are part of the rule. */
  readonly isFaultBeyond: boolean;
}

/** What one event does to a synapse. */
export interface Block {
  readonly inputs: readonly Input[];
  readonly instructions: readonly Instruction[];
  /** For each register, whether it is the same for all synapses of one event. */
  readonly isUniform: readonly boolean[];
  readonly outputs: readonly Output[];
  readonly tables: readonly Int32Array[];
}

/**
 * A decaying mean, from 0 on, which for potentials is rest: in each step mean += multiply(value − mean, factor, shift), after all synapses have read it.
 * The value is what the neuron holds, brought between `low` and `high`, shifted left.
 */
export interface Average {
  readonly of: 'potential' | 'fired';
  readonly low: number;
  readonly high: number;
  readonly shiftLeft: number;
  readonly factor: number;
  readonly shift: number;
}

/** A variable of the synapse beside its weight. */
export interface SynapseState {
  readonly symbol: string;
  /** As the rule declares them: "0 to 5 mV". */
  readonly bounds: string;
  /** What it is set to: "on firing: e + x_pre". */
  readonly assignments: readonly string[];
  readonly initial: number;
  readonly binaryPlaces: number;
}

/** A signal from elsewhere: in units of 2^−binaryPlaces, between −bound and bound. */
export interface Factor {
  readonly symbol: string;
  /** One number for each receiver, else one for all synapses. */
  readonly isPerReceiver: boolean;
  readonly low: number;
  readonly high: number;
  readonly binaryPlaces: number;
}

export const programEvents = ['arrival', 'firing', 'step'] as const;
export type ProgramEvent = (typeof programEvents)[number];

export interface Program {
  readonly blocks: Readonly<Partial<Record<ProgramEvent, Block>>>;
  /** Milliseconds, in the order of the traces' indices. */
  readonly traceTimeConstants: Readonly<Record<Side, readonly number[]>>;
  readonly averages: Readonly<Record<Side, readonly Average[]>>;
  readonly variables: readonly SynapseState[];
  readonly factors: readonly Factor[];
}
