import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import type { Waveform } from '../../../virtual-rig/serial/virtual-serial-device.ts';
import type { DeviceKeepAlive, DeviceWriter } from '../device.ts';
import { codeOf, elapsed, playTime, pulsePalBench, stimJimBench } from './serial.fixture.ts';
import type { SerialStimulator } from './serial-stimulator.ts';
import { pulse } from './serial-pulse.fixture.ts';

beforeEach(playTime);
afterEach(() => {
  vi.useRealTimers();
});

/** As a session does it: read back at the press, then told at once. */
async function fire(stimulator: SerialStimulator, channel: number, expiryNs = Infinity) {
  await stimulator.verify();
  return stimulator.fire(channel, expiryNs);
}

/** Level times duration, of what is above and below the level of rest. */
function areasOf(waveform: Waveform, rest = 0): { above: number; below: number } {
  const areas = { above: 0, below: 0 };
  for (const { level, duration } of waveform)
    areas[level > rest ? 'above' : 'below'] += Math.abs(level - rest) * duration;
  return areas;
}

describe.each([
  ['Pulse Pal', pulsePalBench],
  ['StimJim', stimJimBench],
])('any serial stimulator, here %s', (_name, bench) => {
  it('fires what was prepared, one pulse a second, while the dead-man is held', async () => {
    const { device, open, deadMan, clock, port } = await bench();
    const stimulator = await elapsed(open());
    expect(await elapsed(fire(stimulator, 1))).toMatchObject({ code: 'not-prepared' });
    await elapsed(stimulator.prepare(pulse));
    deadMan.isHeld = false;
    expect(await elapsed(fire(stimulator, 1))).toMatchObject({ code: 'without-lease', message: /dead-man/ as never });
    deadMan.isHeld = true;
    await elapsed(fire(stimulator, 1));
    clock.advanceMilliseconds(999);
    expect(await elapsed(fire(stimulator, 1))).toMatchObject({ code: 'without-lease' });
    expect(device.played).toHaveLength(1);
    clock.advanceMilliseconds(1);
    await elapsed(fire(stimulator, 1));
    expect(device.played).toHaveLength(2);
    stimulator.dispose();
    await elapsed(stimulator.closed);
    expect(port.isClosed).toBe(true);
  });

  it('S39: gives nothing after the deadline, and nothing when what it holds was read back more than 5 s ago', async () => {
    const { device, open, clock } = await bench();
    const stimulator = await elapsed(open());
    await elapsed(stimulator.prepare(pulse));
    const nowNs = clock.nowNs();
    expect(await elapsed(stimulator.fire(1, nowNs - 1))).toMatchObject({ code: 'expired' });
    expect(await elapsed(stimulator.fire(1, NaN))).toMatchObject({ code: 'expired' });
    clock.advanceMilliseconds(5001);
    expect(await elapsed(stimulator.fire(1, Infinity))).toMatchObject({ code: 'not-read-back' });
    expect(device.played).toEqual([]);
    await elapsed(stimulator.verify());
    clock.advanceMilliseconds(5000);
    expect(await elapsed(stimulator.fire(1, clock.nowNs()))).toHaveProperty('measuredMicroamps');
    expect(device.played).toHaveLength(1);
    stimulator.dispose();
  });

  it('S39: asks for the deadline immediately before the trigger, whatever it waited for before', async () => {
    const { device, open, clock, port } = await bench();
    const stimulator = await elapsed(open());
    await elapsed(stimulator.prepare(pulse));
    const readBack = stimulator.verify();
    const late = stimulator.fire(1, clock.nowNs() + 10e6);
    port.change = (bytes) => {
      clock.advanceMilliseconds(20);
      return bytes;
    };
    await elapsed(readBack);
    expect(await elapsed(late)).toMatchObject({ code: 'expired' });
    expect(device.played).toEqual([]);
    stimulator.dispose();
  });

  it('is asked whether it is still there', async () => {
    const { device, open } = await bench();
    const stimulator = await elapsed(open());
    await elapsed(stimulator.check());
    Object.assign(device.faults, { answerBytes: 0, answerCharacters: 0 });
    expect(await codeOf(stimulator.check())).toBe('no-answer');
  });

  it('takes a pulse back', async () => {
    const { device, open } = await bench();
    const stimulator = await elapsed(open());
    await elapsed(stimulator.prepare(pulse));
    await elapsed(stimulator.prepare({ ...pulse, channel: 2 }));
    await elapsed(stimulator.clear(1));
    expect(await elapsed(fire(stimulator, 1))).toMatchObject({ code: 'not-prepared' });
    await elapsed(fire(stimulator, 2));
    expect(device.played).toHaveLength(1);
    stimulator.dispose();
  });

  it('refuses what it cannot give, and sends nothing for it', async () => {
    const { open, port } = await bench();
    const stimulator = await elapsed(open());
    const before = port.written.length;
    expect(await stimulator.prepare({ ...pulse, amplitudeMicroamps: 1e6 })).toMatchObject({
      code: 'stimulus-out-of-range',
    });
    expect(port.written).toHaveLength(before);
    stimulator.dispose();
  });

  it('reads answers that come byte by byte', async () => {
    const { device, open, port } = await bench();
    port.togetherMax = 1;
    const stimulator = await elapsed(open());
    await elapsed(stimulator.prepare(pulse));
    await elapsed(fire(stimulator, 1));
    expect(device.played).toHaveLength(1);
    stimulator.dispose();
  });

  it('that does not answer, or not to the end, is a fault, is stopped and is used no more', async () => {
    for (const [answerLength, code] of [
      [0, 'no-answer'],
      [1, 'half-answer'],
    ] as const) {
      const { device, open, port } = await bench();
      const stimulator = await elapsed(open());
      await elapsed(stimulator.prepare(pulse));
      Object.assign(device.faults, { answerBytes: answerLength, answerCharacters: answerLength });
      // One byte of an acknowledgement is all of it: the file that is read back is longer.
      expect(await codeOf(fire(stimulator, 1))).toBe(code);
      expect(stimulator.fault).toMatchObject({ code });
      expect(await codeOf(stimulator.prepare(pulse))).toBe(code);
      expect(await codeOf(fire(stimulator, 1))).toBe(code);
      await elapsed(stimulator.closed);
      expect(port.isClosed).toBe(true);
      expect(device.played).toEqual([]);
    }
  });

  it('that says what nobody asked for is out of step: a fault', async () => {
    const { open, port } = await bench();
    const stimulator = await elapsed(open());
    port.say('\u0001');
    expect((await elapsed(stimulator.ended)).code).toBe('unexpected-bytes');
    expect(await codeOf(stimulator.prepare(pulse))).toBe('unexpected-bytes');
  });

  it('that says something else than its firmware does is a fault', async () => {
    const { device, open } = await bench();
    Object.assign(device.faults, { noise: [1, 2] });
    expect(await codeOf(open())).toBe('answer-not-understood');
  });

  it('that was unplugged is a fault, in the middle of a question too', async () => {
    const { device, open, port } = await bench();
    const stimulator = await elapsed(open());
    Object.assign(device.faults, { answerBytes: 0, answerCharacters: 0 });
    const step = codeOf(stimulator.prepare(pulse));
    await vi.advanceTimersByTimeAsync(10);
    port.lose();
    expect(await step).toBe('unplugged');
    expect(stimulator.fault?.message).toContain('plug it in');
  });

  it('is stopped at once, whatever is being asked, even when the port takes nothing any more', async () => {
    const { open, port, device } = await bench();
    const stimulator = await elapsed(open());
    await elapsed(stimulator.prepare(pulse));
    port.isStuck = true;
    const step = codeOf(fire(stimulator, 1));
    await vi.advanceTimersByTimeAsync(10);
    const before = port.written.length;
    stimulator.stop();
    expect(port.written).toHaveLength(before + 1);
    expect(await step).toBe('stopped');
    expect(port.isClosed).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(port.isClosed).toBe(true);
    expect(device.played).toEqual([]);
  });

  it('is not opened while it speaks on and on', async () => {
    const { open, port } = await bench();
    const step = codeOf(open());
    for (let said = 0; said < 600; said++) {
      port.say('x');
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(await step).toBe('unexpected-bytes');
  });

  it('cannot stand in for a device with a lease: class L1, by type', async () => {
    const { open } = await bench();
    const stimulator = await elapsed(open());
    expect(stimulator.capability).toBe('L1');
    stimulator.dispose();
    expectTypeOf<SerialStimulator>().not.toExtend<DeviceWriter>();
    expectTypeOf<SerialStimulator>().not.toExtend<DeviceKeepAlive>();
  });
});

describe('Pulse Pal', () => {
  it.each([0, 300])(
    'plays one balanced pulse and nothing after it, with a gap of %i µs',
    async (interphaseMicroseconds) => {
      const { device, open } = await pulsePalBench();
      const stimulator = await elapsed(open());
      await elapsed(stimulator.prepare({ ...pulse, channel: 3, interphaseMicroseconds }));
      expect(await elapsed(fire(stimulator, 3))).toEqual({ measuredMicroamps: undefined });
      const [{ channel, waveform }] = device.played as [(typeof device.played)[number]];
      expect(channel).toBe(3);
      expect(waveform[0]).toEqual({ level: 32_768 - 320, duration: 4 });
      expect(areasOf(waveform, 32_768)).toEqual({ above: 1280, below: 1280 });
      stimulator.dispose();
    },
  );

  it('that others have left looping, linked and monophasic is so no longer when it is open', async () => {
    const { device, open } = await pulsePalBench();
    device.isLooping.fill(true);
    const stimulator = await elapsed(open());
    expect(device.isLooping).toEqual([false, false, false, false]);
    expect(device.links).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(device.outputs.map(({ volts, modes }) => [volts, modes[0]])).toEqual(
      Array.from({ length: 4 }, () => [[32_768, 32_768, 32_768], 1]),
    );
    // The laboratory's own settings stay as they are.
    expect(device.fileOf('default.pps')).toBeUndefined();
    stimulator.dispose();
  });

  it('that holds another parameter than it was sent is a fault that names it', async () => {
    const { device, open } = await pulsePalBench();
    const stimulator = await elapsed(open());
    device.faults.stuckTime = [2, 5];
    expect(await codeOf(stimulator.prepare(pulse))).toBe('setting-not-taken');
    expect(stimulator.fault?.message).toContain('holds 5 as phase 2 duration of channel 1, not 4');
  });

  it('that somebody has turned at since is found before the next pulse', async () => {
    const { device, open } = await pulsePalBench();
    const stimulator = await elapsed(open());
    await elapsed(stimulator.prepare(pulse));
    device.isLooping[0] = true;
    await elapsed(fire(stimulator, 1));
    expect(areasOf(device.played[0]!.waveform, 32_768)).toEqual({ above: 1280, below: 1280 });
    device.links[5] = 1;
    expect(await codeOf(fire(stimulator, 1))).toBe('setting-not-taken');
    expect(stimulator.fault?.message).toContain('trigger link of trigger input 2');
    expect(device.played).toHaveLength(1);
    expect(device.aborts).toBe(1);
  });

  it('with a firmware that was not read is another device', async () => {
    const { device, open } = await pulsePalBench();
    device.faults.firmware = 19;
    expect(await codeOf(open())).toBe('wrong-device');
  });
});

describe('StimJim', () => {
  it.each([
    [1, 0],
    [2, 300],
  ])(
    'gives one balanced pulse on channel %i and measures it, with a gap of %i µs',
    async (channel, interphaseMicroseconds) => {
      const { device, open } = await stimJimBench();
      const stimulator = await elapsed(open());
      await elapsed(stimulator.prepare({ ...pulse, channel, leadingPhase: 'anodic', interphaseMicroseconds }));
      expect(await elapsed(fire(stimulator, channel))).toEqual({ measuredMicroamps: [100, -100] });
      expect(device.played).toHaveLength(1);
      const [{ output, waveform }] = device.played as [(typeof device.played)[number]];
      expect(output).toBe(channel - 1);
      expect(waveform[0]!.level).toBeGreaterThan(0);
      const { above, below } = areasOf(waveform);
      expect(Math.abs(above - below) / above).toBeLessThan(0.01);
      stimulator.dispose();
    },
  );

  it.each([-100, 0, 11, 99])(
    'balances to the last step from 11 µA on, with its zero at %i steps',
    async (currentOffset) => {
      const { device, open, clock } = await stimJimBench();
      device.faults.currentOffset = currentOffset;
      const stimulator = await elapsed(open());
      for (const amplitudeMicroamps of [11, 12, 13, 50, 51, 999, 3300]) {
        await elapsed(stimulator.prepare({ ...pulse, amplitudeMicroamps }));
        clock.advanceMilliseconds(1000);
        await elapsed(fire(stimulator, 1));
      }
      const areas = device.played.map(({ waveform }) => areasOf(waveform));
      expect(areas).toHaveLength(7);
      for (const { above, below } of areas) expect(above).toBe(below);
      stimulator.dispose();
    },
  );

  it('would not below 11 µA: the device rounds the phases differently', async () => {
    const { device } = await stimJimBench();
    device.faults.currentOffset = 99;
    device.take(Buffer.from('S0,1,3,100000,100000; 5,0,200; -5,0,200\nT0\n'));
    const { above, below } = areasOf(device.played[0]!.waveform);
    expect(above).not.toBe(below);
    await vi.runAllTimersAsync();
  });

  it('is heard out before it is asked: what it says when it is turned on is no answer', async () => {
    const { device, open } = await stimJimBench();
    const opening = open();
    await vi.advanceTimersByTimeAsync(20);
    device.boot();
    const stimulator = await elapsed(opening);
    await elapsed(stimulator.prepare(pulse));
    stimulator.dispose();
  });

  it('that others have left running, triggered and connected is so no longer when it is open', async () => {
    const { device, open } = await stimJimBench();
    device.triggered[1] = 7;
    device.outputModes.fill(1);
    const stimulator = await elapsed(open());
    expect(device.triggered).toEqual([-1, -1]);
    expect(device.outputModes).toEqual([3, 3]);
    expect(device.stops).toEqual({ T: 1, U: 1 });
    expect(device.trains.slice(0, 2).map(({ stages }) => stages)).toEqual([[], []]);
    stimulator.stop();
    expect(device.stops).toEqual({ T: 2, U: 2 });
  });

  it('that holds another parameter than it was sent is a fault that says both', async () => {
    const { device, open } = await stimJimBench();
    const stimulator = await elapsed(open());
    device.faults.stuckMicroamps = 500;
    expect(await codeOf(stimulator.prepare(pulse))).toBe('setting-not-taken');
    expect(stimulator.fault?.message).toContain('500,0,200');
  });

  it('that has measured less than was prepared, or given no pulse, is a fault', async () => {
    for (const [fault, code] of [
      [{ throughLoad: 0.85 }, 'delivered-otherwise'],
      [{ isLate: true }, 'not-delivered'],
    ] as const) {
      const { device, open } = await stimJimBench();
      const stimulator = await elapsed(open());
      await elapsed(stimulator.prepare(pulse));
      Object.assign(device.faults, fault);
      expect(await codeOf(fire(stimulator, 1))).toBe(code);
      expect(stimulator.fault).toMatchObject({ code });
    }
  });

  it('whose zeros are far off is broken', async () => {
    const { device, open } = await stimJimBench();
    device.faults.adcOffset = -4096;
    expect(await codeOf(open())).toBe('device-unfit');
  });
});
