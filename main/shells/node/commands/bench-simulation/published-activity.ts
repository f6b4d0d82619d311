// How the cortical microcircuit fires in other simulators; constants of the simulation's bench.

/** Of one population. */
export interface PublishedActivity {
  /**
   * Range of the mean rate over Potjans & Diesmann (2014) and its later implementations for NEST, SpiNNaker and GeNN (van Albada et al.
   * 2018, Knight & Nowotny 2018).
   */
  readonly publishedHz: readonly [number, number];
  /**
   * Coefficient of variation of the intervals between spikes, mean over neurons: ten networks of 15 minutes in NEST, read from the figure of
   * the model's reference data to 0.02 (microcircuit-PD14-model 1.0, PyNEST/reference_data). A run of seconds gives less for neurons that
   * fire once a second, since it leaves out their longest intervals.
   */
  readonly publishedCv: number;
}

/** By the name of the population. */
export const publishedActivity: Readonly<Record<string, PublishedActivity>> = {
  l23e: { publishedHz: [0.86, 0.97], publishedCv: 0.95 },
  l23i: { publishedHz: [2.8, 3.0], publishedCv: 0.91 },
  l4e: { publishedHz: [4.4, 4.5], publishedCv: 0.88 },
  l4i: { publishedHz: [5.7, 5.9], publishedCv: 0.85 },
  l5e: { publishedHz: [7.1, 7.6], publishedCv: 0.79 },
  l5i: { publishedHz: [8.1, 8.6], publishedCv: 0.77 },
  l6e: { publishedHz: [1.0, 1.1], publishedCv: 0.94 },
  l6i: { publishedHz: [7.6, 7.8], publishedCv: 0.77 },
};
