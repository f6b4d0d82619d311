// A stimulator that speaks of another device's electrodes and samples, on a device that the test plays.
import { expect, it, vi } from 'vitest';
import { Emitter } from '../../../common/base/event.ts';
import type { SelfTestReport } from '../../../common/device-protocol/self-test-report.ts';
import { deliveredAcknowledgement } from './acknowledgement.fixture.ts';
import type { Acknowledgement, DeviceWriter, PulseCommand } from './device.ts';
import { deviceIdentity, selfTestReport } from './device-identity.fixture.ts';
import { unwiredOhms, WiredStimulator } from './wired-stimulator.ts';

function bench() {
  const acknowledgements = new Emitter<Acknowledgement>();
  const pulses: PulseCommand[] = [];
  const device = {
    identity: deviceIdentity(),
    onAcknowledgement: acknowledgements.event,
    pulse: (command: PulseCommand) => void pulses.push(command),
    selfTest: () => Promise.resolve({ ...selfTestReport(), impedancesOhms: [10, 11, 12, 13] } satisfies SelfTestReport),
    stop: vi.fn(),
    dispose: vi.fn(),
  };
  const sampleAt = vi.fn((microseconds: number): number | undefined => microseconds * 2);
  const electrodes = [
    { output: 0, electrode: 5 },
    { output: 3, electrode: 1 },
  ];
  const wired = new WiredStimulator({ device: device as unknown as DeviceWriter, electrodes, channels: 8, sampleAt });
  const heard: Acknowledgement[] = [];
  wired.onAcknowledgement((acknowledgement) => heard.push(acknowledgement));
  return { wired, device, pulses, heard, sampleAt, answer: (each: Acknowledgement) => acknowledgements.fire(each) };
}

const command: PulseCommand = {
  sequence: 7,
  electrode: 5,
  amplitudeNanoamps: 3000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 0,
  leadingPhase: 'cathodic',
  expiryNs: 1,
};

it('gives a pulse on the output that is wired to the electrode, otherwise unchanged', () => {
  const { wired, pulses } = bench();
  wired.pulse(command);
  wired.pulse({ ...command, electrode: 1, sequence: 8 });
  expect(pulses).toEqual([
    { ...command, electrode: 0 },
    { ...command, electrode: 3, sequence: 8 },
  ]);
});

it('sends nothing to an electrode without an output, and answers so, never before the caller has gone on', async () => {
  const { wired, pulses, heard } = bench();
  wired.pulse({ ...command, electrode: 0 });
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(pulses).toEqual([]);
  expect(heard).toMatchObject([{ sequence: 7, electrode: 0, outcome: 'no-such-electrode', sampleIndex: -1 }]);
});

it('tells of acknowledgements by electrode and by the sample of the source', () => {
  const { answer, heard, sampleAt } = bench();
  const delivered = deliveredAcknowledgement({ electrode: 3, startMicroseconds: 1000, sampleIndex: 99 });
  answer(delivered);
  answer({ ...delivered, outcome: 'busy', sampleIndex: -1 });
  sampleAt.mockReturnValue(undefined);
  answer(delivered);
  expect(heard).toEqual([
    { ...delivered, electrode: 1, sampleIndex: 2000 },
    { ...delivered, outcome: 'busy', electrode: 1, sampleIndex: -1 },
    { ...delivered, electrode: 1, sampleIndex: -1 },
  ]);
});

it('never takes an acknowledgement of an unwired output for one of an electrode', () => {
  const { answer, heard } = bench();
  // Electrode 5 is wired, output 5 is not.
  answer(deliveredAcknowledgement({ electrode: 5 }));
  expect(heard[0]!.electrode).toBe(0xffff);
});

it('has as many electrodes as the source, and measures those that it reaches', async () => {
  const { wired } = bench();
  expect(wired.identity).toMatchObject({ serial: 'probe-1', channels: 8, electrodePitchMicrometres: null });
  const { impedancesOhms } = await wired.selfTest();
  const air = unwiredOhms;
  expect(impedancesOhms).toEqual([air, 13, air, air, air, 10, air, air]);
});

it('stops the device, and leaves it to its owner at the end', () => {
  const { wired, device } = bench();
  wired.stop();
  expect(device.stop).toHaveBeenCalledOnce();
  wired.dispose();
  expect(device.dispose).not.toHaveBeenCalled();
});
