// Saved states of the simulated population, as pages are told of them; used by the page and the core.

/** At most so many are told of, the newest. */
export const savedPopulationsMax = 50;

export interface SavedPopulation {
  /** What `rig.connect` takes to go on from it. */
  file: string;
  /** Name of the folder of the session in which it was saved. */
  session: string;
  /** ISO 8601, UTC. */
  savedAt: string;
  /** Time of the population, ms. */
  populationMilliseconds: number;
  bytes: number;
}

export interface SavedPopulations {
  /** Of the experiment as its file is now, newest first. */
  states: SavedPopulation[];
  /** States of sessions of this experiment that belong to another network, seed, tick or stimuli. */
  ofOtherNetworks: number;
}
