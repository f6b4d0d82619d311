import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SerialQuestion } from '../../../../common/serial-protocol/serial-program.ts';
import type { SerialPorts } from './serial-connection.ts';
import { elapsed, playTime, type PlayedPort, pulsePalBench, stimJimBench } from './serial.fixture.ts';
import { SerialHost } from './serial-host.ts';
import { pulse } from './serial-pulse.fixture.ts';

beforeEach(playTime);
afterEach(() => {
  vi.useRealTimers();
});

const makes = {
  'pulse-pal-2': { bench: pulsePalBench, vendorId: 0x2341, productId: 0x003e, measuredMicroamps: null },
  stimjim: { bench: stimJimBench, vendorId: 0x16c0, productId: 0x0483, measuredMicroamps: [-100, 100] },
} as const;

const portsOf = (port: PlayedPort, board: { vendorId: number; productId: number }): SerialPorts => ({
  list: () => Promise.resolve([{ path: '/port', serialNumber: '7', ...board }]),
  open: (path, listener) => port.open(path, listener),
});

async function hosted(protocol: keyof typeof makes) {
  const { bench, measuredMicroamps, ...board } = makes[protocol];
  const { device, port, clock } = await bench();
  const lost: string[] = [];
  const host = new SerialHost({ ports: portsOf(port, board), clock, onLost: (message) => lost.push(message) });
  const prepare: SerialQuestion = {
    kind: 'prepare',
    protocol,
    serialNumber: '7',
    pulses: [pulse],
    ...(protocol === 'pulse-pal-2' ? { microampsPerVolt: 1000 } : {}),
  };
  const fire = (milliseconds = 10) =>
    elapsed(host.answer({ kind: 'fire', channel: 1, expiryNs: clock.nowNs() + milliseconds * 1e6 }));
  return { host, device, port, clock, lost, prepare, fire, measuredMicroamps };
}

describe.each(Object.keys(makes) as (keyof typeof makes)[])('the program that has a %s open', (protocol) => {
  it('prepares it, reads it back, fires it and closes it', async () => {
    const { host, device, port, prepare, fire, measuredMicroamps } = await hosted(protocol);
    expect(await elapsed(host.answer(prepare))).toMatchObject({ kind: 'prepared', exact: [{ channel: 1 }] });
    expect(await elapsed(host.answer({ kind: 'verify' }))).toEqual({ kind: 'verified' });
    expect(await fire()).toEqual({ kind: 'fired', measuredMicroamps });
    expect(await fire()).toMatchObject({ kind: 'refused', code: 'without-lease' });
    expect(device.played).toHaveLength(1);
    host.dispose();
    await elapsed(host.closed);
    expect(port.isClosed).toBe(true);
  });

  it('S39: fires nothing after the deadline, and nothing long after the last read-back', async () => {
    const { host, device, clock, prepare, fire } = await hosted(protocol);
    await elapsed(host.answer(prepare));
    expect(await fire(-1)).toMatchObject({ kind: 'refused', code: 'expired' });
    clock.advanceMilliseconds(6000);
    expect(await fire()).toMatchObject({ kind: 'refused', code: 'not-read-back' });
    expect(device.played).toEqual([]);
    host.dispose();
  });

  it('looks whether it is still there while nobody asks, and tells when it is not', async () => {
    const { host, device, lost, prepare } = await hosted(protocol);
    await elapsed(host.answer(prepare));
    await vi.advanceTimersByTimeAsync(5000);
    expect(lost).toEqual([]);
    Object.assign(device.faults, { answerBytes: 0, answerCharacters: 0 });
    await vi.advanceTimersByTimeAsync(2500);
    expect(lost).toHaveLength(1);
    expect(lost[0]).toContain('of an answer 0 bytes came');
    expect(await elapsed(host.answer({ kind: 'verify' }))).toMatchObject({ kind: 'failed' });
  });

  it('says what it cannot give, and what is not there', async () => {
    const { host, prepare, fire } = await hosted(protocol);
    expect(await fire()).toMatchObject({ kind: 'failed', message: 'no stimulator is open' });
    const tooMuch = { ...prepare, pulses: [{ ...pulse, amplitudeMicroamps: 1e6 }] } as SerialQuestion;
    expect(await elapsed(host.answer(tooMuch))).toMatchObject({ kind: 'refused', code: 'stimulus-out-of-range' });
    host.dispose();
    const second = await hosted(protocol);
    const other = { ...second.prepare, serialNumber: '8' } as SerialQuestion;
    expect(await elapsed(second.host.answer(other))).toMatchObject({
      kind: 'failed',
      message: /serial number 8/ as never,
    });
    second.host.dispose();
  });
});
