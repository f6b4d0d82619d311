// The self-test of the imitated core. Page's development and tests only.
import type { ArmingSummary } from '../../common/contract/commands.ts';
import type { ProfileName } from '../../common/limits/profile-name.ts';

/** Serial number of the imitated device. */
export const fakeSerial = 'VR-0042';
export const fakeLimitsHash = '9c1e42ab51f0d7e3'.repeat(4);

const passed = (check: string, detail: string) => ({ check, isPassed: true, detail });

export const armingSummary: ArmingSummary = {
  checks: [
    passed(`stimulator ${fakeSerial}`, 'the same device, its limits unchanged, its safety on'),
    passed('stimuli and impedances', 'every stimulus is inside the limits in force'),
    passed('output into the internal load', '1.00 nC delivered and measured, residual 0.002 nC'),
    passed('stop is obeyed', 'confirmed off after 2.1 ms'),
    passed('the right probe', 'a bench needs none'),
    passed('interlock decides as it must', '48 known requests answered rightly'),
    passed('watchdog is awake', 'its beat moves'),
    passed('recorder is awake', 'its beat moves'),
    passed('stop inputs', 'none configured; Escape, the stop button and the device’s own emergency stop'),
    passed('limits of the site', 'a bench needs none'),
    passed('audit log', 'written and durable'),
    passed('the source sends data', '0 samples lost so far'),
    passed('the simulation answers', '1000 neurons, TypeScript reference'),
    passed('the noise of every electrode is known', 'estimate ready'),
    passed('the loop is in time', '0 of the last 100 ticks late; p50 0.42 ms, p99 0.71 ms, max 1.90 ms'),
  ],
  isReady: true,
  device: 'virtual rig, 64 electrodes, seed 42',
  probe: fakeSerial,
  profile: 'Bench without living tissue',
  limitsHash: fakeLimitsHash,
  needsSecondPerson: false,
  stimuli: [
    {
      name: 'left',
      electrode: 17,
      words: 'electrode 17: 4 µA for 200 µs each phase, cathodic first, no gap, 0.8 nC per phase',
    },
    {
      name: 'right',
      electrode: 46,
      words: 'electrode 46: 6.15 µA for 200 µs each phase, cathodic first, no gap, 1.23 nC per phase',
    },
  ],
  confirmWithinSeconds: 15,
};

/** What the rig answers to the first control. @param probe as it was typed; undefined: not typed. */
export function selfTest(preparation: ProfileName, limitsHash: string, probe: string | undefined): ArmingSummary {
  const isRight = preparation === 'bench' || probe === fakeSerial;
  const detail =
    preparation === 'bench'
      ? 'a bench needs none'
      : isRight
        ? `${fakeSerial}, as read from it`
        : `the connected one is ${fakeSerial}, not '${probe ?? ''}': read the number from the probe and type it`;
  return {
    ...armingSummary,
    checks: armingSummary.checks.map((each) =>
      each.check === 'the right probe' ? { ...each, isPassed: isRight, detail } : each,
    ),
    isReady: isRight,
    limitsHash,
    needsSecondPerson: preparation === 'animal-macro',
    profile: preparation === 'bench' ? armingSummary.profile : 'Surface or depth macroelectrodes in an animal',
  };
}
