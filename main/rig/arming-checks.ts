// The self-test between the two controls of arming: everything that must hold before current may flow. Rig thread.
import { type ControlBlock, controlWord } from '../../common/base/control-block.ts';
import type { ArmingSummary } from '../../common/contract/commands.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { confirmWithinSeconds } from './interlock/interlock.ts';
import { checkRequest } from './interlock/check-request.ts';
import { Dose } from './interlock/dose.ts';
import type { StimulusRequest } from './interlock/stimulus-request.ts';
import { physicalWords } from '../../common/experiment/physical-words.ts';

type Check = ArmingSummary['checks'][number];

const beatWithinMilliseconds = 500;
const stopAnswerMilliseconds = 200;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until `condition` holds, at most `milliseconds`. */
async function holdsWithin(milliseconds: number, condition: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 5) {
    if (condition()) return true;
    await pause(5);
  }
  return condition();
}

function checkDevice(rig: ConnectedRig): Check {
  const { identity } = rig.connections.writer;
  const { limits } = identity;
  const tooMuch = rig.checked.experiment.stimuli.filter(
    ({ amplitudeMicroamps, phaseMicroseconds, interphaseMicroseconds }) =>
      !(
        amplitudeMicroamps * 1000 <= limits.amplitudeMaxNanoamps &&
        amplitudeMicroamps * phaseMicroseconds * 1000 <= limits.chargePerPhaseMaxFemtocoulombs &&
        phaseMicroseconds <= limits.phaseMaxMicroseconds &&
        interphaseMicroseconds <= limits.interphaseMaxMicroseconds
      ),
  );
  const isPassed = identity.canStimulate && tooMuch.length === 0;
  const detail = identity.canStimulate
    ? tooMuch.length === 0
      ? 'every stimulus is inside the device’s own limits'
      : `beyond the device’s own limits: ${tooMuch.map(({ name }) => name).join(', ')}`
    : 'the device has no stimulator';
  return { check: `stimulator ${identity.serial}`, isPassed, detail };
}

/** The decision itself, tried on requests that must be refused: over each limit by one step. */
function checkDecision(rig: ConnectedRig): Check {
  const { limits } = rig.chain.interlock;
  let tried = 0;
  let accepted = 0;
  for (const [electrode, own] of limits.electrodes) {
    const inside: StimulusRequest = {
      request: 0,
      tick: 0,
      origin: 'operator',
      readout: 0,
      electrode,
      amplitudeNanoamps: own.amplitudeMaxNanoamps,
      phaseMicroseconds: own.phaseMinMicroseconds,
      interphaseMicroseconds: 0,
      leadingPhase: 'cathodic',
    };
    const outside: StimulusRequest[] = [
      { ...inside, amplitudeNanoamps: own.amplitudeMaxNanoamps + 1 },
      { ...inside, phaseMicroseconds: own.phaseMaxMicroseconds + 1 },
      { ...inside, interphaseMicroseconds: own.interphaseMaxMicroseconds + 1 },
      { ...inside, electrode: 65_535 },
      { ...inside, amplitudeNanoamps: Number.NaN },
    ];
    for (const request of outside) {
      tried++;
      if (checkRequest(request, limits, new Dose(limits), 0, 0) === undefined) accepted++;
    }
  }
  return {
    check: 'interlock refuses what it must',
    isPassed: accepted === 0,
    detail: `${tried} requests over a limit, ${accepted} let through`,
  };
}

async function checkStop(rig: ConnectedRig): Promise<Check> {
  rig.output.stop();
  const isPassed = await holdsWithin(stopAnswerMilliseconds, () => rig.output.isOff);
  return {
    check: 'stop is obeyed',
    isPassed,
    detail: isPassed ? 'output off confirmed by the device' : `no confirmation within ${stopAnswerMilliseconds} ms`,
  };
}

async function checkBeat(control: ControlBlock, thread: string, word: number): Promise<Check> {
  const before = Atomics.load(control, word);
  const isPassed = await holdsWithin(beatWithinMilliseconds, () => Atomics.load(control, word) !== before);
  return {
    check: `${thread} is awake`,
    isPassed,
    detail: isPassed ? 'its beat moves' : `no beat within ${beatWithinMilliseconds} ms`,
  };
}

function checkLoop(rig: ConnectedRig): Check {
  const { lateTicks, lateTicksWindow, lateTicksToTrip } = rig.chain.interlock.latency;
  const { p50, p99, max } = rig.chain.latency.recent();
  return {
    check: 'the loop is in time',
    isPassed: rig.chain.latency.ticks > 0 && lateTicks < lateTicksToTrip,
    detail: `${lateTicks} of the last ${lateTicksWindow} ticks late; p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, max ${max.toFixed(2)} ms`,
  };
}

/** Runs every check; none of them lets current into the tissue. */
export async function runArmingChecks(rig: ConnectedRig, control: ControlBlock): Promise<ArmingSummary> {
  const { experiment, limits } = rig.checked;
  const checks: Check[] = [
    checkDevice(rig),
    checkDecision(rig),
    await checkStop(rig),
    await checkBeat(control, 'watchdog', controlWord.watchdogBeat),
    await checkBeat(control, 'recorder', controlWord.recorderBeat),
    {
      check: 'the source sends data',
      isPassed: rig.sourceClosedReason === undefined,
      detail: rig.sourceClosedReason ?? `${rig.chain.monitor.samplesLost} samples lost so far`,
    },
    {
      check: 'the simulation answers',
      isPassed: rig.isSimulationAlive,
      detail: `${rig.connections.simulation.neurons} neurons, ${rig.connections.simulation.backend}`,
    },
    {
      check: 'the noise of every electrode is known',
      isPassed: rig.chain.detector.isNoiseReady,
      detail: rig.chain.detector.isNoiseReady ? 'estimate ready' : 'wait a second and try again',
    },
    checkLoop(rig),
  ];
  return {
    checks,
    isReady: checks.every((check) => check.isPassed),
    device: rig.connections.writer.identity.description,
    profile: limits.title,
    stimuli: experiment.stimuli.map((stimulus) => ({
      name: stimulus.name,
      electrode: stimulus.electrode,
      words: physicalWords(stimulus),
    })),
    confirmWithinSeconds,
  };
}
