// What a step kernel works on: the arrays of one population; simulation process.

export interface PopulationArrays {
  readonly neurons: number;
  /** One array for each variable of the model's state, neuron by neuron. */
  readonly state: readonly Int32Array[];
  /** One array for each receptor: what has arrived since the last step, neuron by neuron. A step takes it and leaves 0. */
  readonly received: readonly Int32Array[];
  /** In the order of the model. */
  readonly parameters: Int32Array;
  /** What the model looks into, in the order of `tableNames`. */
  readonly tables: readonly Int32Array[];
  /** The population's own part of all random numbers. */
  readonly randomKey: number;
}
