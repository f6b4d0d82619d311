// Warns of what the readouts may ask for over the experiment's phases beyond limits of dose; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { nanoampsOf } from './charge-rules.ts';
import { highestRates } from './check-request-rates.ts';
import type { FileContent } from './file-content.ts';
import type { LimitsAtHand } from './limits-at-hand.ts';
import type { ProblemList } from './problem-list.ts';

/** Pulses of an electrode less than this apart are one train. */
const trainGapSeconds = 0.1;

/** What is asked for beyond a dose is refused, and who goes on asking trips the interlock. */
export function checkDose(
  experiment: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  limits: LimitsAtHand,
  problems: ProblemList,
): void {
  const phases = (experiment.value.phases ?? []).filter((phase) => phase?.stimulation === true);
  const seconds = phases.reduce((sum, phase) => sum + (phase?.seconds ?? 0), 0);
  const rates = highestRates(network.value, experiment.value);
  let session = 0;
  for (const [electrode, rate] of rates) {
    session += rate * seconds;
    checkElectrode(experiment, network, limits, { electrode, rate, seconds }, problems);
  }
  const most = limits.inForce.total.pulsesPerSessionMax;
  if (session <= most) return;
  problems.warning(
    experiment.tree.placeAt(['phases']),
    `The readouts may ask for ${Math.round(session)} pulses in these phases, but the limit of a session is ${most}: the rest is refused`,
    'Choose shorter phases, or longer holdOffMilliseconds',
  );
}

function checkElectrode(
  { value, tree }: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  { inForce, isSiteKnown }: LimitsAtHand,
  { electrode, rate, seconds }: { electrode: number; rate: number; seconds: number },
  problems: ProblemList,
): void {
  const limits = inForce.electrodes.get(electrode)?.limits;
  if (limits === undefined) return;
  const stimuli = (value.stimuli ?? []).filter((stimulus) => stimulus?.electrode === electrode);
  const most = Math.max(
    0,
    ...stimuli.map((each) => nanoampsOf(each?.amplitudeMicroamps ?? 0) * (each?.phaseMicroseconds ?? 0)),
  );
  const pulses = Math.round(rate * seconds);
  const warn = (what: string, cure: string) => problems.warning(tree.placeAt(['phases']), what, cure);
  if (pulses > limits.pulsesPerDayMax) {
    warn(
      `The readouts may ask electrode ${electrode} for ${pulses} pulses in these phases, but its limit is ${limits.pulsesPerDayMax} in 24 h: the rest is refused`,
      'Choose shorter phases, or longer holdOffMilliseconds',
    );
  }
  if (pulses * most > limits.chargePerDayMaxFemtocoulombs) {
    warn(
      `The readouts may ask electrode ${electrode} for ${Math.round((pulses * most) / 1e9)} µC in these phases, but its limit is ${limits.chargePerDayMaxFemtocoulombs / 1e9} µC in 24 h: the rest is refused`,
      'Choose shorter phases, longer holdOffMilliseconds or less charge',
    );
  }
  const train = limits.trainMaxMilliseconds / 1000;
  if (isSiteKnown && rate > 1 / trainGapSeconds && seconds > train) {
    problems.warning(
      network.tree.placeAt(['readouts']),
      `The readouts may ask electrode ${electrode} for ${Math.round(rate)} pulses per second without end: pulses less than ${trainGapSeconds * 1000} ms apart are one train, and a train ends after ${train} s`,
      `Choose holdOffMilliseconds from ${trainGapSeconds * 1000} on, or a network that pauses`,
    );
  }
}
