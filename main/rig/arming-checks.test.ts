import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { controlWord, stopInputState } from '../../common/base/control-block.ts';
import type { ClockSyncStatus } from '../../common/contract/clock-sync.ts';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import { type ArmingBench, armingBench, type DeviceFailings } from './arming.fixture.ts';
import { runArmingChecks } from './arming-checks.ts';
import type { ArmingContext, Check } from './arming-context.ts';
import { checkedExperiment, type ExperimentChange } from './checked-experiment.fixture.ts';
import { selfTestReport } from './hardware/device-identity.fixture.ts';
import type * as goldenRequests from './interlock/golden-requests.ts';

/** What a decision that has gone wrong would answer; none is known, so that it is put here. */
const golden = vi.hoisted(() => ({ wrong: [] as string[] }));

vi.mock('./interlock/golden-requests.ts', async (original) => {
  const { runGoldenRequests } = await original<Pick<typeof goldenRequests, 'runGoldenRequests'>>();
  return {
    runGoldenRequests() {
      const { tried, wrong } = runGoldenRequests();
      return { tried, wrong: [...wrong, ...golden.wrong] };
    },
  };
});

let owner: DisposableStore;

beforeEach(() => void (owner = new DisposableStore()));
afterEach(() => {
  owner.dispose();
  golden.wrong = [];
});

interface Arming {
  failings?: DeviceFailings;
  experiment?: ExperimentChange;
  context?: Partial<ArmingContext>;
  before?: (bench: ArmingBench) => void;
}

async function arm({ failings = {}, experiment = {}, context = {}, before = () => {} }: Arming = {}) {
  const bench = armingBench(owner, failings, checkedExperiment(experiment));
  before(bench);
  const summary = await runArmingChecks(bench.rig, { ...bench.context, ...context });
  const found = (name: string): Check => summary.checks.find(({ check }) => check === name)!;
  const failed = summary.checks.filter(({ isPassed }) => !isPassed).map(({ check }) => check);
  return { ...bench, summary, found, failed };
}

const ofReport = (report: Partial<SelfTestReport>): Arming => ({ failings: { report } });
/** A small pulse on electrode 3 of platinum in vitro. */
const inVitro: ExperimentChange = { preparation: 'in-vitro-mea', stimuli: [{ amplitudeMicroamps: 1 }] };
const device = 'stimulator probe-1';
const stimuli = 'stimuli and impedances';
const impedances = 'impedances as at the last self-test';
const probe = 'the right probe';

describe('runArmingChecks', () => {
  it('is ready when everything holds, and says what is about to be done in numbers', async () => {
    const { summary, rig } = await arm();
    expect(summary.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
    expect(summary.checks.map(({ check }) => check)).toEqual([
      device,
      stimuli,
      impedances,
      'delivers what is asked',
      'refuses what is beyond its own limits',
      'lease ends by itself',
      'stop is obeyed',
      'the watchdog’s stop is obeyed',
      probe,
      'interlock decides as it must',
      'watchdog is awake',
      'recorder is awake',
      'stop inputs',
      'emergency stop of the stimulator',
      'limits of the site',
      'audit log',
      'the source sends data',
      'the simulation answers',
      'the noise of every electrode is known',
      'the loop is in time',
      'the tissue is quiet',
    ]);
    const { checks: _, ...rest } = summary;
    expect(rest).toEqual({
      isReady: true,
      device: 'Stimulator of the tests',
      probe: 'probe-1',
      profile: 'Limits of the bench',
      limitsHash: rig.limits.hash,
      needsSecondPerson: false,
      stimuli: [
        {
          name: 'stimulus-0',
          electrode: 3,
          words: 'electrode 3: 5 µA for 200 µs each phase, cathodic first, gap 50 µs, 1 nC per phase',
        },
      ],
      confirmWithinSeconds: 15,
    });
  });

  it('S32: is not ready before the clocks of two devices are aligned, and says how they are', async () => {
    const clocks = 'clocks of source and stimulator';
    const synced = (status: ClockSyncStatus) =>
      arm({ before: ({ rig }) => Object.assign(rig.connections, { sync: { status: () => status } }) });
    const lost = await synced({ isAligned: false, problem: 'the source has seen no sync pulse' });
    expect(lost.failed).toEqual([clocks]);
    expect(lost.found(clocks).detail).toBe('the source has seen no sync pulse');
    const fit = { atMicroseconds: 1, offsetMicroseconds: 2, driftPartsPerMillion: -30.04, residualMicroseconds: 9.4 };
    const aligned = await synced({
      isAligned: true,
      fit: { ...fit, largestResidualMicroseconds: 20, pulses: 60, unseen: 0 },
    });
    expect(aligned.summary.isReady).toBe(true);
    expect(aligned.found(clocks).detail).toBe('60 sync pulses within 9 µs of a line; drift -30.0 ppm');
  });

  const byHand = 'what a stimulator without a lease may do';
  const withoutLease = { capability: 'L1', report: { isEmergencyStopWired: false } } as const;

  it('S39: tries nothing of a stimulator without a lease, and says what it may do', async () => {
    const { summary, found, failed } = await arm({ failings: withoutLease });
    expect(failed).toEqual([]);
    expect(found(byHand).detail).toMatch(
      /single pulses by hand, 1 s apart at least, while the presence control is held/,
    );
    const names = summary.checks.map(({ check }) => check);
    expect(names).not.toContain('lease ends by itself');
    expect(names).not.toContain('the loop is in time');
    expect(names).not.toContain('emergency stop of the stimulator');
  });

  it.each([
    ['penetrating-micro', false],
    ['animal-macro', false],
    ['in-vitro-mea', true],
    ['bench', true],
  ] as const)('S39: without a lease and a relay box, it may be armed on %s: %s', async (preparation, isPassed) => {
    const { found } = await arm({ failings: withoutLease, experiment: { preparation } });
    expect(found(byHand).isPassed).toBe(isPassed);
  });

  it('keeps the impedances that were measured: decisions rest on them', async () => {
    const impedancesOhms = Array.from({ length: 8 }, (_, electrode) => 40_000 + electrode);
    const { rig } = await arm(ofReport({ impedancesOhms }));
    expect(rig.chain.requests.surroundings.impedancesOhms).toEqual(impedancesOhms);
  });

  it.each([
    [50_000, true],
    [150_000, true],
    [150_001, false],
    [49_999, false],
    [Number.NaN, false],
  ])('H08: compares %d Ω with 100 kΩ at the last self-test', async (ohms, isPassed) => {
    const remembered = { impedancesOhms: Array.from({ length: 8 }, () => 100_000), isEmergencyStopTried: true };
    const impedancesOhms = [1, 1, 1, ohms, 1, 1, 1, 1];
    const { found } = await arm({ failings: { report: { impedancesOhms }, remembered } });
    expect(found(impedances).isPassed).toBe(isPassed);
    if (!isPassed)
      expect(found(impedances).detail).toBe(
        `electrode 3 had 100.0 kΩ and has ${(ohms / 1000).toFixed(1)} kΩ: look at the electrodes and their connectors; to accept this, arm again`,
      );
  });

  it('H08: a change of impedance refuses once: arming again accepts it', async () => {
    const remembered = { impedancesOhms: Array.from({ length: 8 }, () => 10_000), isEmergencyStopTried: true };
    const { failed, rig, context } = await arm({ failings: { remembered } });
    expect(failed).toEqual([impedances]);
    expect((await runArmingChecks(rig, context)).isReady).toBe(true);
  });

  it.each([
    ['bench', false, true, 'a bench needs no trial'],
    ['in-vitro-mea', false, false, 'not tried today: press it, release it, acknowledge the trip, and arm again'],
    ['in-vitro-mea', true, true, 'tried within the last 24 h'],
  ] as const)('H81: on %s, with the emergency stop tried: %s', async (preparation, isTried, isPassed, detail) => {
    const remembered = { impedancesOhms: [], isEmergencyStopTried: isTried };
    const { found } = await arm({ failings: { remembered }, experiment: { ...inVitro, preparation } });
    expect(found('emergency stop of the stimulator')).toMatchObject({ isPassed, detail });
  });

  it('tests no output and knows no impedance of a device that does not answer', async () => {
    const { summary, rig, orders } = await arm({ failings: { report: new Error('refused: busy') } });
    expect(summary.isReady).toBe(false);
    const detail = 'its self-test failed: Error: refused: busy';
    expect(summary.checks[0]).toEqual({ check: 'stimulator', isPassed: false, detail });
    expect(summary.checks[1]!.check).toBe(probe);
    expect([orders, rig.chain.requests.surroundings.impedancesOhms]).toEqual([[], []]);
  });

  it('is not ready when the output fails its test', async () => {
    const { summary, failed } = await arm({ failings: { scale: 1.1 } });
    expect(failed).toEqual(['delivers what is asked']);
    expect(summary.isReady).toBe(false);
  });

  describe('of the device', () => {
    const limits = { ...selfTestReport().limits, amplitudeMaxNanoamps: 200_000 };

    it.each<[string, Partial<SelfTestReport>, string]>([
      ['H13: another serial number', { serial: 'probe-2' }, 'it is another device, or has restarted'],
      ['H13: another firmware', { firmware: '2.1.1' }, 'it is another device, or has restarted'],
      ['H03: another boot', { bootNumber: 2 }, 'it is another device, or has restarted'],
      ['H12: its safety switched off', { isSafetyDisabled: true }, 'its own safety is switched off'],
      ['H12: looser limits', { limits }, 'its own limits have changed'],
      ['H81: an emergency stop that is not wired', { isEmergencyStopWired: false }, 'its emergency stop is not wired'],
      [
        'H05: steps that do not meet the amplitude',
        { amplitudeStepNanoamps: 3000 },
        'its steps of 3000 nA do not meet the amplitude on electrode 3',
      ],
      [
        'H05: a step that is no number',
        { amplitudeStepNanoamps: Number.NaN },
        'its steps of NaN nA do not meet the amplitude on electrode 3',
      ],
    ])('%s refuses', async (_, report, detail) => {
      const { found, failed, summary } = await arm(ofReport(report));
      expect(found(device)).toEqual({ check: device, isPassed: false, detail });
      expect(failed).toEqual([device]);
      expect(summary.isReady).toBe(false);
    });

    it.each([
      [1, true],
      [10, true],
      [5000, true],
      [5001, false],
      [10_000, false],
    ])('H05: judges steps of %d nA for an amplitude of 5000 nA', async (amplitudeStepNanoamps, isPassed) => {
      const { found } = await arm(ofReport({ amplitudeStepNanoamps }));
      expect(found(device).isPassed).toBe(isPassed);
    });

    it('refuses one that cannot stimulate', async () => {
      const { found } = await arm({
        before: ({ rig }) => Object.assign(rig.connections.writer.identity, { canStimulate: false }),
      });
      expect(found(device).detail).toBe('it has no stimulator');
    });

    it('says everything that is wrong with it', async () => {
      const { found } = await arm(ofReport({ serial: 'probe-2', isSafetyDisabled: true, limits }));
      expect(found(device).detail).toBe(
        'it is another device, or has restarted; its own safety is switched off; its own limits have changed',
      );
    });
  });

  describe('of stimuli and impedances', () => {
    const at = (ohms: number) => ofReport({ impedancesOhms: Array.from({ length: 8 }, () => ohms) });
    /** So small that the voltage allows every impedance. */
    const faint: ExperimentChange = { stimuli: [{ amplitudeMicroamps: 0.5 }] };

    it.each([
      [99, '0.1 kΩ'],
      [100, undefined],
      [10_000_000, undefined],
      [10_000_001, '10000.0 kΩ'],
      [0, '0.0 kΩ'],
    ])('H08: judges an electrode of %d Ω', async (ohms, words) => {
      const { found } = await arm({ ...at(ohms), experiment: faint });
      expect(found(stimuli)).toMatchObject(
        words === undefined
          ? { isPassed: true, detail: 'every stimulus is inside the limits in force' }
          : { isPassed: false, detail: `electrode 3 has ${words}` },
      );
    });

    it('H08: refuses an impedance that is no number, or was not measured', async () => {
      for (const report of [{ impedancesOhms: Array.from({ length: 8 }, () => Number.NaN) }, { impedancesOhms: [] }]) {
        const { found } = await arm(ofReport(report));
        expect(found(stimuli)).toMatchObject({ isPassed: false });
        expect(found(stimuli).detail).toContain('electrode 3 has NaN kΩ');
      }
    });

    it.each([
      [1_600_000, true],
      [1_600_001, false],
    ])('H06: judges 5 µA through %d Ω by four fifths of the device’s 10 V', async (ohms, isPassed) => {
      const { found } = await arm(at(ohms));
      expect(found(stimuli).isPassed).toBe(isPassed);
      if (!isPassed)
        expect(found(stimuli).detail).toBe(
          'electrode 3: the pulse would need more than the allowed part of the compliance voltage',
        );
    });

    it.each([
      [10, true],
      [10.01, false],
    ])('H55: judges a stimulus of %d µA by the limits in force', async (amplitudeMicroamps, isPassed) => {
      const { found } = await arm({ experiment: { stimuli: [{ amplitudeMicroamps }] } });
      expect(found(stimuli).isPassed).toBe(isPassed);
      if (!isPassed) expect(found(stimuli).detail).toBe('electrode 3: amplitude above the limit');
    });

    it('H64: judges by limits that were tightened since the connection', async () => {
      const { found } = await arm({
        before: ({ rig }) => void rig.limits.tighten({ electrode: { amplitudeMaxMicroamps: 4.99 } }),
      });
      expect(found(stimuli).detail).toBe('electrode 3: amplitude above the limit');
    });

    it('H58: refuses an electrode that the limits do not name, beside what else is wrong', async () => {
      const { found } = await arm({ experiment: { stimuli: [{ electrode: 4 }, { amplitudeMicroamps: 20 }] } });
      expect(found(stimuli).detail).toBe(
        'electrode 4 is not covered by the limits; electrode 3: amplitude above the limit',
      );
    });

    it('passes an experiment that only records', async () => {
      const { summary } = await arm({ experiment: { stimuli: [] } });
      expect([summary.isReady, summary.stimuli]).toEqual([true, []]);
    });
  });

  describe('of the probe', () => {
    it('H62: asks for no number on a bench', async () => {
      const { found } = await arm();
      expect(found(probe)).toMatchObject({ isPassed: true, detail: 'a bench needs none' });
    });

    it.each([
      ['probe-1', true, 'probe-1, as read from it'],
      ['probe-2', false, "the connected one is probe-1, not 'probe-2': read the number from the probe and type it"],
      ['PROBE-1', false, "the connected one is probe-1, not 'PROBE-1': read the number from the probe and type it"],
      ['', false, "the connected one is probe-1, not '': read the number from the probe and type it"],
      [undefined, false, "the connected one is probe-1, not '': read the number from the probe and type it"],
    ])('H62: with tissue, judges the number %j that the operator has read', async (typed, isPassed, detail) => {
      const { found, failed } = await arm({ experiment: inVitro, context: { probe: typed } });
      expect(found(probe)).toEqual({ check: probe, isPassed, detail });
      expect(failed).toEqual(isPassed ? [] : [probe]);
    });

    it('asks for a second person for macroelectrodes only', async () => {
      for (const [preparation, isNeeded] of [
        ['bench', false],
        ['in-vitro-mea', false],
        ['penetrating-micro', false],
        ['animal-macro', true],
      ] as const) {
        const { summary } = await arm({ experiment: { preparation } });
        expect(summary.needsSecondPerson).toBe(isNeeded);
      }
    });
  });

  describe('of the tissue', () => {
    const quiet = 'the tissue is quiet';
    const activity = (change: { isReady?: boolean; holdOffSeconds?: number }, experiment?: ExperimentChange) =>
      arm({
        ...(experiment === undefined ? {} : { experiment, context: { probe: 'probe-1' } }),
        before: ({ rig }) => void Object.assign(rig.chain.activity, change),
      });

    it.each([
      [0, true, 'no seizure-like activity lately'],
      [0.2, false, 'it rests for another 1 s after activity that tripped'],
      [299.5, false, 'it rests for another 300 s after activity that tripped'],
    ])('H76: judges tissue that rests for another %d s', async (holdOffSeconds, isPassed, detail) => {
      for (const experiment of [inVitro, undefined]) {
        const { found, failed } = await activity({ holdOffSeconds }, experiment);
        expect(found(quiet)).toEqual({ check: quiet, isPassed, detail });
        expect(failed).toEqual(isPassed ? [] : [quiet]);
      }
    });

    it('H76: takes a rest that is no number for one that is not over', async () => {
      expect((await activity({ holdOffSeconds: Number.NaN }, inVitro)).failed).toEqual([quiet]);
    });

    it('H76: refuses tissue whose usual activity is not known yet; a bench has none', async () => {
      const tissue = await activity({ isReady: false }, inVitro);
      const detail = 'its usual activity is not known yet: wait ten seconds, and try again';
      expect(tissue.found(quiet)).toEqual({ check: quiet, isPassed: false, detail });
      expect((await activity({ isReady: false })).failed).toEqual([]);
    });
  });

  describe('of the program itself', () => {
    it('tries the decision on known requests, and says where it is wrong', async () => {
      const right = await arm();
      expect(right.found('interlock decides as it must').detail).toMatch(/^\d\d\d known requests answered rightly$/);
      golden.wrong = ['one', 'two', 'three', 'four'];
      const { found, failed } = await arm();
      expect(failed).toEqual(['interlock decides as it must']);
      expect(found('interlock decides as it must').detail).toBe('wrong on one; two; three');
    });

    it.each([
      ['H39', 'watchdog is awake', 'watchdogBeat'],
      ['H54', 'recorder is awake', 'recorderBeat'],
    ] as const)('%s: refuses when no beat of the thread comes within half a second: %s', async (_, name, word) => {
      const { found, failed } = await arm({ before: ({ beating }) => void beating.delete(word) });
      expect(found(name)).toEqual({ check: name, isPassed: false, detail: 'no beat within 500 ms' });
      expect(failed).toEqual([name]);
    });

    it.each([
      ['none', true, 'none configured; Escape, the stop button and the device’s own emergency stop'],
      ['ready', true, 'all configured ones are there'],
      ['missing', false, 'a configured pedal or key is not there'],
    ] as const)('H81: judges stop inputs of which it is known: %s', async (state, isPassed, detail) => {
      const { found } = await arm({
        before: ({ context: { control } }) => Atomics.store(control, controlWord.stopInputState, stopInputState[state]),
      });
      expect(found('stop inputs')).toEqual({ check: 'stop inputs', isPassed, detail });
    });

    it.each([
      ['limits of the site', { siteProblem: 'its last day is over' }],
      ['audit log', { auditProblem: 'no space left on the disk' }],
    ] as const)('refuses with the words of what does not hold: %s', async (name, context) => {
      const { found, failed } = await arm({ context });
      expect(found(name)).toMatchObject({ isPassed: false, detail: Object.values(context)[0] });
      expect(failed).toEqual([name]);
    });

    it('says what holds of site, audit log and source', async () => {
      const bench = await arm();
      expect(bench.found('limits of the site').detail).toBe('a bench needs none');
      expect(bench.found('audit log').detail).toBe('written and durable');
      expect(bench.found('the source sends data').detail).toBe('0 samples lost so far');
      const tissue = await arm({ experiment: inVitro, context: { probe: 'probe-1' } });
      expect(tissue.found('limits of the site').detail).toBe('signed and valid');
    });

    it.each<[string, (bench: ArmingBench) => void, string, string]>([
      [
        'the source is gone',
        ({ rig }) => void (rig.sourceClosedReason = 'the cable was pulled'),
        'the source sends data',
        'the cable was pulled',
      ],
      [
        'the simulation has ended',
        ({ rig }) => void (rig.isSimulationAlive = false),
        'the simulation answers',
        '100 neurons, reference',
      ],
      [
        'the noise is not known yet',
        ({ rig }) => void Object.assign(rig.chain.detector, { isNoiseReady: false }),
        'the noise of every electrode is known',
        'wait a second and try again',
      ],
      [
        'no tick has ended',
        ({ rig }) => rig.chain.latency.clear(),
        'the loop is in time',
        '0 of the last 100 ticks late; p50 0.00 ms, p99 0.00 ms, max 0.00 ms',
      ],
      [
        'as many ticks are late as trip',
        ({ rig }) => void (rig.chain.interlock.latency.lateTicks = 3),
        'the loop is in time',
        '3 of the last 100 ticks late; p50 2.00 ms, p99 2.00 ms, max 2.00 ms',
      ],
    ])('refuses when %s', async (_, before, name, detail) => {
      const { found, failed } = await arm({ before });
      expect(found(name)).toEqual({ check: name, isPassed: false, detail });
      expect(failed).toEqual([name]);
    });

    it('H29: passes a loop with one late tick less than trips', async () => {
      const { found } = await arm({ before: ({ rig }) => void (rig.chain.interlock.latency.lateTicks = 2) });
      expect(found('the loop is in time').isPassed).toBe(true);
    });
  });
});
