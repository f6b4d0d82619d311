// Checks a serial stimulator beside a source: its outputs, and that the source can see each of its pulses; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import {
  isAnalogue,
  pulsePalVoltsMax,
  type PulsePalStimuli,
  type SerialStimuli,
} from '../../common/experiment/stimulator.ts';
import { checkHandStimuli } from './check-hand-stimuli.ts';
import { checkSourceInput } from './check-source-input.ts';
import { checkOutputs } from './check-stimulated-electrodes.ts';
import type { FileContent } from './file-content.ts';
import type { ProblemList } from './problem-list.ts';
import type { Salvaged } from './salvaged.ts';

/** An edge counts where the voltage reaches so many times the level. */
const timesLevel = 2;
/** What lasts less than so many samples may be missed between them. */
const samplesMin = 2;

export function checkSerialStimuli(
  experiment: FileContent<Experiment>,
  stimulator: Salvaged<SerialStimuli>,
  channels: number | undefined,
  problems: ProblemList,
): void {
  const { electrodes = [], marker: wire } = stimulator;
  checkOutputs(experiment, electrodes, problems);
  const place = { key: 'marker', sees: 'the pulses of the stimulator' } as const;
  checkSourceInput(experiment, { ...place, electrodes, wire }, channels, problems);
  checkHandStimuli(experiment, electrodes, problems);
  checkSeen(experiment, stimulator, problems);
  if (stimulator.kind === 'pulse-pal-2') checkVolts(experiment, stimulator, problems);
}

const isPulseItself = ({ kind, marker }: Salvaged<SerialStimuli>) =>
  kind === 'pulse-pal-2' && marker?.channel !== undefined && isAnalogue({ channel: marker.channel });

/** An analogue input sees the positive phase of a Pulse Pal's pulse; all other markers are high from its beginning to its end. */
function checkSeen(
  { value, tree }: FileContent<Experiment>,
  stimulator: Salvaged<SerialStimuli>,
  problems: ProblemList,
): void {
  const { source, stimuli = [] } = value;
  const rateHz = source !== undefined && 'sampleRateHz' in source ? source.sampleRateHz : undefined;
  if (rateHz === undefined || stimulator.marker?.channel === undefined) return;
  const leastMicroseconds = (samplesMin * 1e6) / rateHz;
  for (const [index, stimulus] of stimuli.entries()) {
    const { phaseMicroseconds: phase, interphaseMicroseconds: gap = 0 } = stimulus ?? {};
    if (phase === undefined) continue;
    const high = isPulseItself(stimulator) ? phase : 2 * phase + gap;
    if (high >= leastMicroseconds) continue;
    problems.error(
      tree.placeAt(['stimuli', index, 'phaseMicroseconds']),
      `${stimulator.marker.channel} is high for ${high} µs, less than ${samplesMin} samples at ${rateHz} Hz: the source may not see the pulse`,
      'Choose a longer phase, or a higher sample rate of the source',
    );
  }
}

function checkVolts(
  { value, tree }: FileContent<Experiment>,
  stimulator: Salvaged<PulsePalStimuli>,
  problems: ProblemList,
): void {
  const { microampsPerVolt: gain, marker } = stimulator;
  if (gain === undefined) return;
  for (const [index, stimulus] of (value.stimuli ?? []).entries()) {
    const microamps = stimulus?.amplitudeMicroamps;
    if (microamps === undefined) continue;
    const volts = Number((microamps / gain).toPrecision(4));
    const place = tree.placeAt(['stimuli', index, 'amplitudeMicroamps']);
    if (volts >= pulsePalVoltsMax)
      problems.error(
        place,
        `${microamps} µA are ${volts} V at the isolator's ${gain} µA/V, and a Pulse Pal gives less than ${pulsePalVoltsMax} V`,
        `Choose less than ${gain * pulsePalVoltsMax} µA, or an isolator with a larger gain`,
      );
    if (!isPulseItself(stimulator) || marker?.levelVolts === undefined) continue;
    if (volts < timesLevel * marker.levelVolts)
      problems.error(
        place,
        `${microamps} µA are ${volts} V at the isolator's ${gain} µA/V, too little to be seen with certainty where ${marker.levelVolts} V count as high`,
        `Choose levelVolts of the marker so that its double is less, or an isolator with a smaller gain`,
      );
  }
}
