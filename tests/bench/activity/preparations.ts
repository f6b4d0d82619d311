// The three kinds of tissue that are simulated, with what is quiet activity in each.

export interface Preparation {
  readonly name: 'culture' | 'cortex, spike band' | 'cortex, field band';
  /** Median over channels of the spikes that come one by one, Hz. */
  readonly spikesHz: number;
  /** Network bursts, Hz: from the slowest to the fastest recording. */
  readonly burstRateHz?: readonly [number, number];
  /** Relative changes of amplitude within seconds, standard deviations: of all channels alike, and of each by itself. */
  readonly commonModulation: number;
  readonly ownModulation: number;
  /** Of neighbouring samples of the noise. */
  readonly noiseCorrelation: number;
  readonly perHour: Readonly<Record<'movements' | 'spindles' | 'hums' | 'looseElectrodes' | 'burstClusters', number>>;
}

export const culture: Preparation = {
  name: 'culture',
  spikesHz: 1,
  burstRateHz: [0.1, 0.5],
  commonModulation: 0.01,
  ownModulation: 0.02,
  noiseCorrelation: 0,
  perHour: { movements: 0.5, spindles: 0, hums: 2, looseElectrodes: 10, burstClusters: 2 },
};

/** Modulated as the recording in resources/recordings is: there the line length of 250 ms varies by 3.5 to 7.4 %. */
const cortexSpikeBand: Preparation = {
  name: 'cortex, spike band',
  spikesHz: 8,
  commonModulation: 0.06,
  ownModulation: 0.03,
  noiseCorrelation: 0,
  perHour: { movements: 6, spindles: 0, hums: 2, looseElectrodes: 10, burstClusters: 0 },
};

/** What an experiment sees whose band reaches down to field potentials. */
const cortexFieldBand: Preparation = {
  name: 'cortex, field band',
  spikesHz: 8,
  commonModulation: 0.12,
  ownModulation: 0.06,
  noiseCorrelation: 0.974,
  perHour: { movements: 6, spindles: 120, hums: 2, looseElectrodes: 10, burstClusters: 0 },
};

export const preparations = [culture, cortexSpikeBand, cortexFieldBand] as const;
