import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../common/base/clock.ts';
import { Emitter } from '../../../common/base/event.ts';
import type { Acknowledgement, DeviceClosed, HeardStatus, PulseCommand } from './device.ts';
import { HandStimulator } from './hand-stimulator.ts';
import type { GivenPulse, NotTriggered, PreparedPulse } from './prepared-pulses.ts';
import { unwiredOhms } from './wired-stimulator.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  stimulator.dispose();
  vi.useRealTimers();
});

const held: PreparedPulse = {
  electrode: 3,
  amplitudeNanoamps: 4000,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 100,
  leadingPhase: 'cathodic',
};
const limitsHash = { high: 1, low: 2 };
const order = { session: 7, leaseMilliseconds: 100, limitsHash, isDry: false };

let stimulator: HandStimulator;

type Fire = (isOn: () => boolean) => Promise<NotTriggered | undefined>;

function setUp(fire: Fire = () => Promise.resolve(undefined), isVerifiedBeforeEach = false) {
  const clock = new FakeClock();
  const given = new Emitter<GivenPulse>();
  const lost = new Emitter<string>();
  const fired: [number, number][] = [];
  let isAsPrepared = true;
  stimulator = new HandStimulator({
    pulses: {
      ...{ serial: 'rhs-1', firmware: '1', description: 'a controller', prepared: [held] },
      amplitudeStepNanoamps: 500,
      complianceMillivolts: 7000,
      amplitudeMaxNanoamps: 127_500,
      phaseMaxMicroseconds: 5000,
      interphaseMaxMicroseconds: 5000,
      verify: () => (isAsPrepared ? Promise.resolve() : Promise.reject(new Error('it holds 5, not 4'))),
      fire: (electrode, expiryNs, isOn) => {
        fired.push([electrode, expiryNs]);
        return fire(isOn);
      },
      isVerifiedBeforeEach,
      onGiven: given.event,
      onLost: lost.event,
      dispose: () => given.dispose(),
    },
    channels: 5,
    sampleRateHz: 30_000,
    impedancesOhms: new Map([[3, 250_000]]),
    clock,
  });
  const acknowledged: Acknowledgement[] = [];
  const statuses: HeardStatus[] = [];
  const closed: DeviceClosed[] = [];
  stimulator.onAcknowledgement((acknowledgement) => acknowledged.push(acknowledgement));
  stimulator.onStatus((status) => statuses.push(status));
  stimulator.onClosed((end) => closed.push(end));
  return { clock, given, lost, fired, acknowledged, statuses, closed, change: () => (isAsPrepared = false) };
}

const pulse = (clock: FakeClock, sequence = 1, change: Partial<PulseCommand> = {}): PulseCommand => ({
  ...held,
  sequence,
  expiryNs: clock.nowNs() + 10e6,
  ...change,
});

const seen: GivenPulse = {
  electrode: 3,
  sampleIndex: 12_345,
  startedNs: 77_000_000,
  firstFemtocoulombs: -800_000,
  secondFemtocoulombs: 800_000,
  isSaturated: false,
};

const settled = () => vi.advanceTimersByTimeAsync(0);

describe('a stimulator for the operator’s hand', () => {
  it('S39: is of class L1, and gives what the device can, once a second', () => {
    setUp();
    expect(stimulator.capability).toBe('L1');
    expect(stimulator.identity).toMatchObject({ canStimulate: true, channels: 5, serial: 'rhs-1' });
    expect(stimulator.identity.limits).toMatchObject({
      amplitudeMaxNanoamps: 127_500,
      chargePerPhaseMaxFemtocoulombs: 637_500_000,
      phaseMaxMicroseconds: 5000,
      interphaseMaxMicroseconds: 5000,
      rateMaxHz: 1,
      totalRateMaxHz: 1,
      simultaneousElectrodesMax: 1,
      complianceMillivolts: 7000,
    });
  });

  it('acknowledges a pulse when the samples of the source show it, with what they show', async () => {
    const { clock, fired, given, acknowledged } = setUp();
    await stimulator.enable(order);
    const command = pulse(clock);
    stimulator.pulse(command);
    expect(fired).toEqual([[3, command.expiryNs]]);
    await settled();
    expect(acknowledged).toEqual([]);
    given.fire(seen);
    expect(acknowledged).toMatchObject([
      {
        ...{
          sequence: 1,
          outcome: 'delivered',
          electrode: 3,
          amplitudeNanoamps: 4000,
          sampleIndex: 12_345,
          limitsHash,
        },
        ...{ firstFemtocoulombs: -800_000, secondFemtocoulombs: 800_000, startMicroseconds: 77_000 },
      },
    ]);
    expect(stimulator.status).toMatchObject({ deliveredPulses: 1, lastSequence: 1 });
  });

  it('S39: gives nothing else than it holds, nothing while it is off, nothing twice, nothing late and nothing at once', async () => {
    const { clock, fired, acknowledged } = setUp();
    stimulator.pulse(pulse(clock));
    await stimulator.enable(order);
    const others: Partial<PulseCommand>[] = [
      { electrode: 4 },
      { amplitudeNanoamps: 3500 },
      { phaseMicroseconds: 100 },
      { interphaseMicroseconds: 0 },
      { leadingPhase: 'anodic' },
    ];
    for (const other of others) stimulator.pulse(pulse(clock, 1, other));
    stimulator.pulse(pulse(clock, 1, { expiryNs: clock.nowNs() - 1 }));
    expect(fired).toEqual([]);
    stimulator.pulse(pulse(clock));
    stimulator.pulse(pulse(clock));
    stimulator.pulse(pulse(clock, 2));
    expect(fired).toHaveLength(1);
    await settled();
    const prepared = others.map(() => 'not-prepared');
    expect(acknowledged.map(({ outcome }) => outcome)).toEqual([
      ...['output-off', ...prepared, 'expired', 'replayed', 'busy'],
    ]);
  });

  it('answers what was not triggered, and is free for the next pulse', async () => {
    const { clock, fired, acknowledged } = setUp(() => Promise.resolve('not-triggered'));
    await stimulator.enable(order);
    stimulator.pulse(pulse(clock));
    await settled();
    stimulator.pulse(pulse(clock, 2));
    await settled();
    expect(fired).toHaveLength(2);
    expect(acknowledged.map(({ outcome }) => outcome)).toEqual(['not-triggered', 'not-triggered']);
  });

  it('S12: does not trigger what still waits when it is stopped, nor in a session that begins after', async () => {
    const answers: boolean[] = [];
    let isOn = () => false;
    const { clock } = setUp((asked) => {
      isOn = asked;
      return new Promise(() => {});
    });
    await stimulator.enable(order);
    stimulator.pulse(pulse(clock));
    answers.push(isOn());
    stimulator.stop();
    answers.push(isOn());
    await stimulator.enable({ ...order, session: 8 });
    answers.push(isOn());
    expect(answers).toEqual([true, false, false]);
  });

  it('ends when nobody knows whether a pulse was triggered', async () => {
    const { clock, closed } = setUp(() => Promise.reject(new Error('RHX does not answer')));
    await stimulator.enable(order);
    stimulator.pulse(pulse(clock));
    await settled();
    expect(closed).toEqual([{ reason: 'disconnected', message: 'a controller: RHX does not answer' }]);
    expect(stimulator.status.isOutputOn).toBe(false);
  });

  it('S39: is off, and says why, when the device that held the pulses is gone', async () => {
    const { lost, closed, fired, clock } = setUp();
    await stimulator.enable(order);
    lost.fire('the plug is out');
    expect(closed).toEqual([{ reason: 'disconnected', message: 'a controller: the plug is out' }]);
    expect(stimulator.status).toMatchObject({ isOutputOn: false, burnedSession: 7 });
    stimulator.pulse(pulse(clock));
    expect(fired).toEqual([]);
  });

  it('reads back at the press what can be turned by hand, and nothing else', async () => {
    const fixed = setUp();
    fixed.change();
    await stimulator.ready();
    stimulator.dispose();
    const turned = setUp(undefined, true);
    await stimulator.ready();
    turned.change();
    await expect(stimulator.ready()).rejects.toThrow('it holds 5, not 4');
  });

  it('passes on that the device measures nothing', async () => {
    const { given, acknowledged } = setUp();
    await stimulator.enable(order);
    given.fire({ ...seen, firstFemtocoulombs: 0, secondFemtocoulombs: 0, isMeasured: false });
    given.fire(seen);
    expect(acknowledged.map((each) => each.isMeasured)).toEqual([false, undefined]);
  });

  it('tells a pulse that nobody has asked for by the number 0', async () => {
    const { given, acknowledged } = setUp();
    await stimulator.enable(order);
    given.fire(seen);
    expect(acknowledged).toMatchObject([{ sequence: 0, outcome: 'delivered', electrode: 3 }]);
  });

  it('S12: is off at once when it is stopped, with its session burned, and for no old session on again', async () => {
    const { statuses } = setUp();
    expect(await stimulator.enable(order)).toMatchObject({ isOutputOn: true, session: 7, enableOutcome: 'delivered' });
    stimulator.stop();
    await settled();
    expect(statuses.at(-1)).toMatchObject({ isOutputOn: false, burnedSession: 7 });
    expect(await stimulator.enable(order)).toMatchObject({ isOutputOn: false, enableOutcome: 'session-burned' });
    expect(await stimulator.enable({ ...order, session: 8 })).toMatchObject({ isOutputOn: true, session: 8 });
  });

  it('gives again in the next session after a pulse that was never seen, which is then one that nobody asked for', async () => {
    const { clock, fired, given, acknowledged } = setUp();
    await stimulator.enable(order);
    stimulator.pulse(pulse(clock));
    stimulator.stop();
    await stimulator.enable({ ...order, session: 8 });
    given.fire(seen);
    stimulator.pulse(pulse(clock));
    await settled();
    expect(fired).toHaveLength(2);
    expect(acknowledged).toMatchObject([{ sequence: 0, outcome: 'delivered' }]);
  });

  it('has no relay, no outputs and no settings to try, and says so', async () => {
    setUp();
    await expect(stimulator.enable({ ...order, isDry: true })).rejects.toThrow('has no relay');
    await expect(stimulator.configure()).rejects.toThrow('no settings');
    await expect(stimulator.setDigitalOutputs()).rejects.toThrow('no digital outputs');
    expect(stimulator.status.isOutputOn).toBe(false);
  });

  it('tests itself by reading back what it holds; impedances are those of before', async () => {
    const { change } = setUp();
    expect(await stimulator.selfTest()).toMatchObject({
      serial: 'rhs-1',
      amplitudeStepNanoamps: 500,
      isEmergencyStopWired: false,
      impedancesOhms: [unwiredOhms, unwiredOhms, unwiredOhms, 250_000, unwiredOhms],
    });
    change();
    await expect(stimulator.selfTest()).rejects.toThrow('it holds 5, not 4');
  });

  it('says every 20 ms how it is', () => {
    const { statuses } = setUp();
    vi.advanceTimersByTime(100);
    expect(statuses).toHaveLength(5);
    stimulator.dispose();
    vi.advanceTimersByTime(100);
    expect(statuses).toHaveLength(5);
  });
});
