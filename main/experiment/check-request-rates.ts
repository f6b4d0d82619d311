// Warns of readouts that may ask for stimuli faster than the limits let them; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { NetworkModel, Readout } from '../../common/experiment/network-model.ts';
import type { FileContent } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

/** Stimuli per second of each electrode when every readout asks as soon as its pause is over. */
export function highestRates(network: Salvaged<NetworkModel>, experiment: Salvaged<Experiment>): Map<number, number> {
  const rates = new Map<number, number>();
  for (const readout of network.readouts ?? []) {
    const electrode = electrodeOf(readout, experiment);
    if (electrode === undefined || readout?.holdOffMilliseconds === undefined) continue;
    rates.set(electrode, (rates.get(electrode) ?? 0) + 1000 / readout.holdOffMilliseconds);
  }
  return rates;
}

function electrodeOf(readout: Salvaged<Readout> | undefined, experiment: Salvaged<Experiment>): number | undefined {
  if (readout?.stimulus === undefined) return undefined;
  return experiment.stimuli?.find((stimulus) => stimulus?.name === readout.stimulus)?.electrode;
}

/** What is asked for above a limit is refused all the time while the network is active. */
export function checkRequestRates(
  experiment: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  { inForce }: LimitsAtHand,
  problems: ProblemList,
): void {
  const rates = highestRates(network.value, experiment.value);
  for (const [index, readout] of (network.value.readouts ?? []).entries()) {
    const electrode = electrodeOf(readout, experiment.value);
    if (electrode === undefined) continue;
    const rate = rates.get(electrode) ?? 0;
    const limits = inForce.electrodes.get(electrode)?.limits;
    const limit = limits && limits.rateMaxMillihertz / 1000;
    if (limit === undefined || !isAbove(rate, limit)) continue;
    problems.warning(
      network.tree.placeAt(['readouts', index, 'holdOffMilliseconds']),
      `The readouts may ask ${plain(rate)} times per second for electrode ${electrode}, whose limit is ${limit} Hz: the rest is refused`,
      `Choose holdOffMilliseconds from ${Math.ceil(1000 / limit)} on, longer where several readouts share the electrode`,
    );
  }
  const totalRate = [...rates.values()].reduce((sum, rate) => sum + rate, 0);
  const totalLimit = inForce.total.rateMaxMillihertz / 1000;
  if (!isAbove(totalRate, totalLimit)) return;
  problems.warning(
    network.tree.placeAt(['readouts']),
    `All readouts together may ask ${plain(totalRate)} times per second, but the limit over all electrodes is ${totalLimit} Hz: the rest is refused`,
    'Choose longer holdOffMilliseconds',
  );
}

function isAbove(rate: number, limit: number): boolean {
  return rate > limit * (1 + 1e-9);
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
