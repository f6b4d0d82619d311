// The self-test between the two controls of arming: everything that must hold before current may flow. Rig thread.
import { controlWord, stopInputState } from '../../common/base/control-block.ts';
import type { ArmingSummary } from '../../common/contract/commands.ts';
import { mayCloseTheLoop } from '../../common/contract/devices.ts';
import { refusalWords } from '../../common/contract/refusals.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import { reachableElectrodes } from '../../common/experiment/checked-experiment.ts';
import { physicalWords } from '../../common/experiment/physical-words.ts';
import type { ArmingContext, Check } from './arming-context.ts';
import { checkEmergencyStopTried, checkImpedancesAsBefore, kiloohms } from './arming-history-checks.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { checkCompliance, checkPulse } from './interlock/check-pulse.ts';
import { runGoldenRequests } from './interlock/golden-requests.ts';
import { interlockTiming } from './interlock/interlock-record.ts';
import { stimulatorImpedances } from './judge-impedances.ts';
import { testOutput } from './output-test.ts';
import { checkHandOnly } from './hand-check.ts';
import { holdsWithin } from './rig-time.ts';
import { stimulusRequests } from './stimulus-requests.ts';

const beatWithinMilliseconds = 500;

const hasLoop = ({ connections }: ConnectedRig) => mayCloseTheLoop(connections.writer.capability);

type ArmedDevice = Pick<SelfTestReport, 'serial' | 'firmware' | 'bootNumber'>;

const isSameDevice = (a: ArmedDevice, b: ArmedDevice) =>
  a.serial === b.serial && a.firmware === b.firmware && a.bootNumber === b.bootNumber;

/** The device as it says it is, against what it was when it was connected. */
function checkDevice(rig: ConnectedRig, report: SelfTestReport): Check {
  const { identity } = rig.connections.writer;
  const wrong = [
    ...(identity.canStimulate ? [] : ['it has no stimulator']),
    ...(isSameDevice(identity, report) ? [] : ['it is another device, or has restarted']),
    ...(report.isSafetyDisabled ? ['its own safety is switched off'] : []),
    ...(JSON.stringify(report.limits) === JSON.stringify(identity.limits) ? [] : ['its own limits have changed']),
    ...(report.isEmergencyStopWired || !hasLoop(rig) ? [] : ['its emergency stop is not wired']),
    ...stimulusRequests(rig.checked)
      .filter(({ amplitudeNanoamps }) => !(amplitudeNanoamps % report.amplitudeStepNanoamps === 0))
      .map(
        ({ electrode }) =>
          `its steps of ${report.amplitudeStepNanoamps} nA do not meet the amplitude on electrode ${electrode}`,
      ),
  ];
  return {
    check: `stimulator ${identity.serial}`,
    isPassed: wrong.length === 0,
    detail: wrong.length === 0 ? 'the same device, its limits unchanged, its safety on' : wrong.join('; '),
  };
}

function checkProbe(rig: ConnectedRig, probe: string | undefined): Check {
  const { serial } = rig.connections.writer.identity;
  const isNeeded = rig.limits.inForce.profile !== 'bench';
  const ofSite = rig.checked.site?.limits.probeSerial;
  if (ofSite !== undefined && ofSite !== serial)
    return {
      check: 'the right probe',
      isPassed: false,
      detail: `the site’s limits are for ${ofSite}, but ${serial} is connected: connect the other, or sign limits for this one`,
    };
  return {
    check: 'the right probe',
    isPassed: !isNeeded || probe === serial,
    detail: isNeeded
      ? probe === serial
        ? `${serial}, as read from it`
        : `the connected one is ${serial}, not '${probe ?? ''}': read the number from the probe and type it`
      : 'a bench needs none',
  };
}

/** Every stimulus of the experiment against the limits that are in force and the electrodes' impedances. */
function checkStimuli(rig: ConnectedRig, { impedancesOhms }: SelfTestReport): Check {
  const { electrodes } = rig.limits.inForce;
  const { complianceMillivolts } = rig.connections.writer.identity.limits;
  const wrong: string[] = [];
  for (const request of stimulusRequests(rig.checked)) {
    const own = electrodes.get(request.electrode);
    const impedance = impedancesOhms[request.electrode] ?? Number.NaN;
    if (own === undefined) {
      wrong.push(`electrode ${request.electrode} is not covered by the limits`);
      continue;
    }
    const refused = checkPulse(request, own) ?? checkCompliance(request, impedance, complianceMillivolts, own);
    if (refused !== undefined) wrong.push(`electrode ${request.electrode}: ${refusalWords[refused.code].words}`);
    if (!(impedance >= own.limits.impedanceMinOhms && impedance <= own.limits.impedanceMaxOhms))
      wrong.push(`electrode ${request.electrode} has ${kiloohms(impedance)}`);
  }
  return {
    check: 'stimuli and impedances',
    isPassed: wrong.length === 0,
    detail: wrong.length === 0 ? 'every stimulus is inside the limits in force' : wrong.join('; '),
  };
}

/** The decision itself, tried on requests whose answers are known. */
function checkDecision(): Check {
  const { tried, wrong } = runGoldenRequests();
  return {
    check: 'interlock decides as it must',
    isPassed: wrong.length === 0,
    detail:
      wrong.length === 0 ? `${tried} known requests answered rightly` : `wrong on ${wrong.slice(0, 3).join('; ')}`,
  };
}

async function checkBeat({ control, time }: ArmingContext, thread: string, word: number): Promise<Check> {
  const before = Atomics.load(control, word);
  const isPassed = await holdsWithin(time, beatWithinMilliseconds, () => Atomics.load(control, word) !== before);
  return {
    check: `${thread} is awake`,
    isPassed,
    detail: isPassed ? 'its beat moves' : `no beat within ${beatWithinMilliseconds} ms`,
  };
}

function checkStopInputs({ control }: ArmingContext): Check {
  const state = Atomics.load(control, controlWord.stopInputState);
  return {
    check: 'stop inputs',
    isPassed: state !== stopInputState.missing,
    detail:
      state === stopInputState.missing
        ? 'a configured pedal or key is not there'
        : state === stopInputState.none
          ? 'none configured; Escape, the stop button and the device’s own emergency stop'
          : 'all configured ones are there',
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

/** Where source and stimulator are two devices, a pulse has a sample only by the line between their clocks. */
function checkClocks({ connections: { sync } }: ConnectedRig, { time }: ArmingContext): Check[] {
  if (sync === undefined) return [];
  const { problem, fit } = sync.status(time.nowNs());
  const fine =
    fit === undefined
      ? ''
      : `${fit.pulses} sync pulses within ${Math.round(fit.residualMicroseconds)} µs of a line; drift ${fit.driftPartsPerMillion.toFixed(1)} ppm`;
  return [problemCheck('clocks of source and stimulator', problem, fine)];
}

/** After seizure-like activity the tissue rests before it is stimulated again. On the bench there is no tissue whose activity must be known. */
function checkActivity({ chain: { activity }, limits }: ConnectedRig): Check {
  const { holdOffSeconds } = activity;
  const isKnown = activity.isReady || limits.inForce.profile === 'bench';
  return {
    check: 'the tissue is quiet',
    isPassed: isKnown && holdOffSeconds === 0,
    detail: !isKnown
      ? 'its usual activity is not known yet: wait ten seconds, and try again'
      : holdOffSeconds > 0
        ? `it rests for another ${Math.ceil(holdOffSeconds)} s after activity that tripped`
        : 'no seizure-like activity lately',
  };
}

const problemCheck = (check: string, problem: string | undefined, fine: string): Check => ({
  check,
  isPassed: problem === undefined,
  detail: problem ?? fine,
});

/** What is known without asking the device anything. */
function checkRig(rig: ConnectedRig, context: ArmingContext): Check[] {
  return [
    problemCheck(
      'limits of the site',
      context.siteProblem,
      rig.checked.site === undefined ? 'a bench needs none' : 'signed and valid',
    ),
    problemCheck('audit log', context.auditProblem, 'written and durable'),
    problemCheck(
      'the source sends data',
      rig.sourceClosedReason,
      `${rig.chain.monitor.samplesLost} samples lost so far`,
    ),
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
    ...checkClocks(rig, context),
    ...(hasLoop(rig) ? [checkLoop(rig)] : []),
    checkActivity(rig),
  ];
}

/** Runs every check; none of them lets current into the tissue. */
export async function runArmingChecks(rig: ConnectedRig, context: ArmingContext): Promise<ArmingSummary> {
  const report = await rig.connections.writer.selfTest().catch((error: unknown) => String(error));
  const checks: Check[] =
    typeof report === 'string'
      ? [problemCheck('stimulator', `its self-test failed: ${report}`, '')]
      : [
          checkDevice(rig, report),
          checkStimuli(rig, report),
          checkImpedancesAsBefore(rig, report),
          ...(hasLoop(rig) ? await testOutput(rig, context) : [checkHandOnly(rig)]),
        ];
  if (typeof report !== 'string') {
    const { impedancesOhms, amplitudeStepNanoamps } = report;
    Object.assign(rig.chain.requests.surroundings, { impedancesOhms, amplitudeStepNanoamps });
    rig.history.rememberImpedances(impedancesOhms);
    rig.impedances = stimulatorImpedances(impedancesOhms, reachableElectrodes(rig.checked.experiment));
  }
  checks.push(
    checkProbe(rig, context.probe),
    checkDecision(),
    await checkBeat(context, 'watchdog', controlWord.watchdogBeat),
    await checkBeat(context, 'recorder', controlWord.recorderBeat),
    checkStopInputs(context),
    ...(hasLoop(rig) ? [checkEmergencyStopTried(rig)] : []),
    ...checkRig(rig, context),
  );
  return {
    checks,
    isReady: checks.every((check) => check.isPassed),
    device: rig.connections.writer.identity.description,
    probe: rig.connections.writer.identity.serial,
    profile: rig.checked.limits.title,
    limitsHash: rig.limits.hash,
    needsSecondPerson: rig.limits.inForce.profile === 'animal-macro',
    stimuli: rig.checked.experiment.stimuli.map((stimulus) => ({
      name: stimulus.name,
      electrode: stimulus.electrode,
      words: physicalWords(stimulus),
    })),
    confirmWithinSeconds: interlockTiming.confirmWithinNs / 1e9,
  };
}
