// The seam between back ends and learning rules: what a rule may see of one synapse; simulation process.

/**
 * A local rule: the answer depends on the synapse's own weight and the traces of its two neurons, on nothing else.
 * Traces decay exponentially; each spike adds 1, *after* all rules of the step have read them, so that a trace
 * never holds the spike that is being handled, and two neurons that spike in the same step do not see each other.
 */
export interface LearningRule {
  /** One trace of the sender per entry, driven by the arrivals of its spikes at the synapse. */
  readonly senderTimeConstantsMilliseconds: readonly number[];
  /** One trace of the receiver per entry, driven by its spikes. */
  readonly receiverTimeConstantsMilliseconds: readonly number[];
  /** Bounds in mV of every weight; initial weights are brought inside. */
  readonly lowestWeightMillivolts: number;
  readonly highestWeightMillivolts: number;

  /**
   * A spike of the sender arrives.
   * @param weight in mV
   * @param sender traces; those of this synapse's sender begin at `senderAt`
   * @param receiver traces; those of this synapse's receiver begin at `receiverAt`
   * @returns the new weight in mV, inside the bounds.
   */
  onArrival(weight: number, sender: Float64Array, senderAt: number, receiver: Float64Array, receiverAt: number): number;

  /** The receiver fires. In a step with both, the arrival comes first. Arguments as for `onArrival`. */
  onFiring(weight: number, sender: Float64Array, senderAt: number, receiver: Float64Array, receiverAt: number): number;
}
