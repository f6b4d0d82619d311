// A learning rule as the native addon takes it: whole-number programs as words; runs in the simulation's tick thread and tests.

/** What a register holds at the beginning, by number. */
export const inputKinds = ['weight', 'variable', 'trace', 'average', 'potential', 'fired', 'factor'] as const;

export const instructionKinds = [
  'constant',
  'add',
  'subtract',
  'min',
  'max',
  'below',
  'atMost',
  'multiply',
  'shiftLeft',
  'shiftRight',
  'look',
] as const;

export const neuronSides = ['sender', 'receiver'] as const;

/** What one event does to a synapse. Registers are first the inputs, then one for each instruction. */
export interface NativeBlockPlan {
  /** Three words each: kind, side, index. What has no side or index has 0. */
  readonly inputs: Int32Array;
  /**
   * Five words each: kind; first register; second register, or the table of `look`; the constant, or the bits of a shift; `low` of `look`.
   * What is not there is 0.
   */
  readonly instructions: Int32Array;
  /** Six words each: register, variable (−1 for the weight), low, high, shift to the left, 1 where a result beyond its bounds is a fault. */
  readonly outputs: Int32Array;
  readonly tables: readonly Int32Array[];
}

export interface NativeRulePlan {
  readonly arrival: NativeBlockPlan | undefined;
  readonly firing: NativeBlockPlan | undefined;
  readonly step: NativeBlockPlan | undefined;
  /** Decays of each trace by age in steps, in units of 2⁻¹⁵. */
  readonly senderFactors: readonly Int32Array[];
  readonly receiverFactors: readonly Int32Array[];
  /** Six words each: 1 for whether the neuron fires, else 0 for its potential; low, high, shift to the left, factor, shift. */
  readonly senderAverages: Int32Array;
  readonly receiverAverages: Int32Array;
  /** What each variable of a synapse is at first. */
  readonly variables: Int32Array;
  /** Two words each: place among the signals of a tick; 1 for one number for each receiver, else 0. */
  readonly factors: Int32Array;
  /** What arrives is the weight without its last bits, times the sign. */
  readonly finerBits: number;
  /** 1 or −1. */
  readonly sign: number;
  /** Which of the signals of a tick is 0 while the projection does not learn. */
  readonly gateAt: number;
  /** First sender of each part whose weights are summed after a tick, in turn; then the number of senders. */
  readonly surveyParts: Uint32Array;
}
