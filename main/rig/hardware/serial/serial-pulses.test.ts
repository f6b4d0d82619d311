import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../../common/base/event.ts';
import type { SerialStimuli } from '../../../../common/experiment/stimulator.ts';
import type { SerialAnswer, SerialQuestion } from '../../../../common/serial-protocol/serial-program.ts';
import type { GivenPulse, PreparedPulse } from '../prepared-pulses.ts';
import { exactPulse } from './exact-pulse.ts';
import { PulsePal } from './pulse-pal.ts';
import type { SerialLink } from './serial-link.ts';
import { SerialPulses } from './serial-pulses.ts';
import { StimJim } from './stimjim.ts';

const common = {
  serialNumber: '7',
  electrodes: [
    { output: 2, electrode: 3, impedanceKiloohms: 10 },
    { output: 1, electrode: 5, impedanceKiloohms: 10 },
  ],
  complianceVolts: 13.7,
  hasRelayBox: false,
};
const stimJim: SerialStimuli = {
  ...common,
  kind: 'stimjim',
  marker: { channel: 'DIGITAL-IN-01', levelVolts: 1.5 },
};
const pulsePal: SerialStimuli = {
  ...common,
  kind: 'pulse-pal-2',
  microampsPerVolt: 1000,
  marker: { channel: 'ANALOG-IN-1', levelVolts: 0.2 },
};
const left: PreparedPulse = {
  electrode: 3,
  amplitudeNanoamps: 100_000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 100,
  leadingPhase: 'cathodic',
};
/** 20 steps of 4.8828125 µA, in whole nanoamperes. */
const ofPulsePal = { ...left, amplitudeNanoamps: 97_656 };
const right = { ...left, electrode: 5 };
const edge = { sample: 30_000, receivedNs: 1_050_000_000, acquiredNs: 1_000_000_000 };

async function bench(stimulator: SerialStimuli, pulses: readonly PreparedPulse[]) {
  const { range } = stimulator.kind === 'stimjim' ? new StimJim() : new PulsePal(stimulator);
  const asked: SerialQuestion[] = [];
  const lost = new Emitter<string>();
  let settle: (answer: SerialAnswer) => void = () => {};
  const answerTo = (question: SerialQuestion): Promise<SerialAnswer> => {
    if (question.kind === 'verify') return Promise.resolve({ kind: 'verified' });
    if (question.kind === 'fire') return new Promise((resolve) => (settle = resolve));
    const exact = question.pulses.map((pulse) => exactPulse(pulse, range));
    const refused = exact.find((each) => 'code' in each);
    if (refused !== undefined) return Promise.resolve({ kind: 'refused', ...refused });
    return Promise.resolve({
      ...{ kind: 'prepared', name: 'Device', firmware: '1', exact: exact as never },
      ...{ amplitudeMaxMicroamps: range.stepsMax * range.stepMicroamps, phaseMaxMicroseconds: 5000 },
    });
  };
  const link = {
    ask: (question: SerialQuestion) => {
      asked.push(question);
      return answerTo(question);
    },
    onLost: lost.event,
    dispose: () => lost.dispose(),
  } as Pick<SerialLink, 'ask' | 'onLost' | 'dispose'>;
  const deadMan = { isHeld: true };
  const prepared = await SerialPulses.prepare({ link, stimulator, deadMan, sampleRateHz: 30_000 }, pulses);
  const given: GivenPulse[] = [];
  prepared.onGiven((pulse) => given.push(pulse));
  const fires = () => asked.filter(({ kind }) => kind === 'fire');
  return { pulses: prepared, asked, fires, given, deadMan, lost, answer: (answer: SerialAnswer) => settle(answer) };
}

const on = () => true;
const measured: SerialAnswer = { kind: 'fired', measuredMicroamps: [-99, 98] };
const unmeasured: SerialAnswer = { kind: 'fired', measuredMicroamps: null };

describe('pulses of a serial stimulator', () => {
  it('are what the file asks for, on the outputs that it names', async () => {
    const { pulses, asked } = await bench(stimJim, [left, right]);
    expect(asked).toMatchObject([{ kind: 'prepare', protocol: 'stimjim', serialNumber: '7' }]);
    expect(asked[0]).toMatchObject({ pulses: [{ channel: 2 }, { channel: 1 }] });
    expect(pulses).toMatchObject({
      ...{ serial: '7', firmware: '1', description: 'Device 7', amplitudeStepNanoamps: 1000 },
      ...{ complianceMillivolts: 13_700, amplitudeMaxNanoamps: 3_300_000, phaseMaxMicroseconds: 5000 },
    });
    pulses.dispose();
  });

  it('of a Pulse Pal meet its steps to the nanoampere, or are refused with the nearest', async () => {
    const { pulses, asked } = await bench(pulsePal, [ofPulsePal]);
    expect(asked[0]).toMatchObject({ microampsPerVolt: 1000 });
    expect(pulses.amplitudeStepNanoamps).toBe(1);
    pulses.dispose();
    await expect(bench(pulsePal, [left])).rejects.toThrow(
      'electrode 3 has an amplitude of 100 µA, and the stimulator gives 97.65625 µA',
    );
    await expect(bench(pulsePal, [{ ...ofPulsePal, phaseMicroseconds: 210 }])).rejects.toThrow(
      'a phase of 210 µs, and the stimulator gives 200 µs',
    );
    await expect(bench(stimJim, [{ ...left, amplitudeNanoamps: 5_000_000 }])).rejects.toThrow('above 3300 µA');
  });

  it('S39: are told to the device only while the dead-man is held and the output on, one at a time', async () => {
    const { pulses, deadMan, fires, answer } = await bench(stimJim, [left]);
    deadMan.isHeld = false;
    expect(await pulses.fire(3, 10, on)).toBe('not-triggered');
    deadMan.isHeld = true;
    expect(await pulses.fire(4, 10, on)).toBe('not-triggered');
    expect(await pulses.fire(3, 10, () => false)).toBe('not-triggered');
    expect(fires()).toEqual([]);
    const told = pulses.fire(3, 10, on);
    expect(await pulses.fire(3, 10, on)).toBe('not-triggered');
    answer(measured);
    expect(await told).toBeUndefined();
    expect(fires()).toEqual([{ kind: 'fire', channel: 2, expiryNs: 10 }]);
    pulses.dispose();
  });

  it.each(['the edge', 'the report'])(
    'are given when the source has seen them and the device has spoken: %s first',
    async (first) => {
      const { pulses, given, answer } = await bench(stimJim, [left]);
      const told = pulses.fire(3, 10, on);
      if (first === 'the edge') pulses.see(edge);
      else answer(measured);
      await Promise.resolve();
      if (first === 'the edge') {
        expect(given).toEqual([]);
        answer(measured);
      }
      await told;
      if (first === 'the report') {
        expect(given).toEqual([]);
        pulses.see(edge);
      }
      expect(given).toEqual([
        {
          ...{ electrode: 3, sampleIndex: 30_000, startedNs: 1_000_000_000, isSaturated: false },
          ...{ firstFemtocoulombs: -19_800_000, secondFemtocoulombs: 19_600_000 },
        },
      ]);
      pulses.dispose();
    },
  );

  it('of a Pulse Pal began before the analogue input went high, where the positive phase is the second', async () => {
    for (const [leadingPhase, channel, earlierSamples] of [
      ['cathodic', 'ANALOG-IN-1', 9],
      ['cathodic', 'CHANNEL-16', 9],
      ['anodic', 'ANALOG-IN-1', 0],
      ['cathodic', 'DIGITAL-IN-01', 0],
    ] as const) {
      const stimulator = { ...pulsePal, marker: { ...pulsePal.marker, channel } };
      const { pulses, given, answer } = await bench(stimulator, [{ ...ofPulsePal, leadingPhase }]);
      const told = pulses.fire(3, 10, on);
      answer(unmeasured);
      await told;
      pulses.see(edge);
      const startedNs = 1_000_000_000 - (earlierSamples === 0 ? 0 : 300_000);
      expect(given).toMatchObject([{ sampleIndex: 30_000 - earlierSamples, startedNs, isMeasured: false }]);
      pulses.dispose();
    }
  });

  it('are told to the device again after one that was triggered and never seen', async () => {
    const { pulses, given, fires, answer } = await bench(stimJim, [left]);
    const unseen = pulses.fire(3, 10, on);
    answer(measured);
    expect(await unseen).toBeUndefined();
    const next = pulses.fire(3, 20, on);
    answer(measured);
    expect(await next).toBeUndefined();
    expect(fires()).toHaveLength(2);
    pulses.see(edge);
    expect(given).toMatchObject([{ electrode: 3, sampleIndex: 30_000 }]);
    pulses.dispose();
  });

  it('S39: that nobody has asked for are told, also while another is underway and when the one asked for was refused', async () => {
    const { pulses, given, answer } = await bench(stimJim, [left, right]);
    pulses.see(edge);
    expect(given).toMatchObject([{ electrode: 3, isMeasured: false }]);
    const told = pulses.fire(5, 10, on);
    pulses.see(edge);
    pulses.see({ ...edge, sample: 31_000 });
    expect(given.map(({ sampleIndex }) => sampleIndex)).toEqual([30_000, 31_000]);
    answer({ kind: 'refused', code: 'expired', message: 'late' });
    expect(await told).toBe('expired');
    expect(given.map(({ sampleIndex }) => sampleIndex)).toEqual([30_000, 31_000, 30_000]);
    const refused = pulses.fire(5, 10, on);
    answer({ kind: 'refused', code: 'not-read-back', message: 'too long ago' });
    expect(await refused).toBe('not-triggered');
    pulses.dispose();
  });
});
