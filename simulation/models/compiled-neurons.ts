// The whole numbers of a population for its kernel; simulation process.

export interface CompiledNeurons {
  readonly kernel: 'lif' | 'noisyLif' | 'poisson';
  /** How many variables a neuron has, and how many kinds of input. */
  readonly stateVariables: number;
  readonly receptors: number;
  /** In the order of the model. */
  readonly parameters: Int32Array;
}
