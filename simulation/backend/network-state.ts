// Everything that decides what a network does next, the same on every back end; simulation process.

/**
 * Arrays by name; neurons and synapses in the order of the compiled network. For each population: `state` and `received`, one array for each
 * variable and receptor, `spikes` (age in steps and neuron of every spike that is still on its way, youngest first) and `shares` (age,
 * neuron, share). For each projection that learns: `weights`, `surveyedWeights` (two words for each part of its survey), and `senderTrace`, `senderSince`, `receiverTrace` and `receiverSince` for each
 * trace; for one with short-term plasticity: `utilisation`, `resources` and `lastArrival`.
 */
export interface NetworkState {
  /** Number of the next step. */
  readonly step: number;
  readonly arrays: Readonly<Record<string, Int32Array>>;
}

/** @returns the name of an array: `population/0/state/1`. */
export function arrayName(kind: 'population' | 'projection', index: number, what: string, part?: number): string {
  return part === undefined ? `${kind}/${index}/${what}` : `${kind}/${index}/${what}/${part}`;
}
