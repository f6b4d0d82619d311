import { describe, expect, it } from 'vitest';
import type { DeviceWriter, PulseCommand } from '../hardware/device.ts';
import { insidePermit, insideRequest, openNowNs } from '../interlock/limits.fixture.ts';
import { Gate } from './gate.ts';

const session = 1;

function setUp({ isOpen = true, isWritten = true, isDry = false, isOutputOn = true } = {}) {
  const order: string[] = [];
  const pulses: PulseCommand[] = [];
  let nowNs = openNowNs;
  const gate = new Gate(
    {
      status: { isDry, isOutputOn } as DeviceWriter['status'],
      pulse(command) {
        order.push('pulse');
        pulses.push(command);
      },
    },
    {
      isOpen,
      permit: () => void order.push('permit recorded'),
      waitUntilWritten() {
        order.push('waited for the recorder');
        return isWritten;
      },
    },
    () => nowNs,
  );
  return {
    gate,
    permit: insidePermit(),
    order,
    pulses,
    wait: (milliseconds: number) => void (nowNs += milliseconds * 1e6),
  };
}

describe('Gate', () => {
  it('S04: drives only after the recorder has the permit on disk, with exactly what was permitted', () => {
    const { gate, permit, order, pulses } = setUp();
    expect(gate.drive(permit, session)).toBeUndefined();
    expect(order).toEqual(['permit recorded', 'waited for the recorder', 'pulse']);
    expect(pulses[0]).toMatchObject({
      sequence: 1,
      electrode: 3,
      amplitudeNanoamps: 5000,
      phaseMicroseconds: 200,
      interphaseMicroseconds: 50,
      leadingPhase: 'cathodic',
      expiryNs: openNowNs + 10e6,
    });
  });

  it('S04: drives nothing when the recorder does not take the permit, or no journal is open', () => {
    const slow = setUp({ isWritten: false });
    expect(slow.gate.drive(slow.permit, session)).toMatchObject({ code: 'not-recorded' });
    const closed = setUp({ isOpen: false });
    expect(closed.gate.drive(closed.permit, session)).toMatchObject({ code: 'not-recorded' });
    expect([...slow.pulses, ...closed.pulses]).toEqual([]);
  });

  it('S02: drives a permit once', () => {
    const { gate, permit, pulses } = setUp();
    gate.drive(permit, session);
    expect(gate.drive(permit, session)).toMatchObject({ code: 'permit-reused' });
    expect(pulses.length).toBe(1);
  });

  it('S01: drives no permit that the interlock did not make, even a perfect copy', () => {
    const { gate, permit, pulses } = setUp();
    expect(gate.drive({ ...permit }, session)).toMatchObject({ code: 'permit-reused' });
    expect(pulses).toEqual([]);
  });

  it('S03: drives no permit that is past its deadline', () => {
    const { gate, permit, pulses, wait } = setUp();
    wait(10.1);
    expect(gate.drive(permit, session)).toMatchObject({ code: 'expired' });
    expect(pulses).toEqual([]);
  });

  it('S09: drives no permit of another armed session than the one that the stimulator has confirmed', () => {
    for (const confirmed of [0, 2, Number.NaN]) {
      const { gate, permit, pulses } = setUp();
      expect(gate.drive(permit, confirmed)).toMatchObject({ code: 'not-armed' });
      expect(pulses).toEqual([]);
    }
  });

  it('H84: sends the self-test’s pulses only while the stimulator says that its relay is open', () => {
    const dry = setUp({ isDry: true });
    expect(dry.gate.test(insideRequest, 9, 5)).toBe(true);
    expect(dry.pulses).toEqual([
      {
        sequence: 9,
        electrode: 3,
        amplitudeNanoamps: 5000,
        phaseMicroseconds: 200,
        interphaseMicroseconds: 50,
        leadingPhase: 'cathodic',
        expiryNs: 5,
      },
    ]);
    for (const status of [{ isDry: false }, { isDry: true, isOutputOn: false }]) {
      const wet = setUp(status);
      expect(wet.gate.test(insideRequest, 9, 5)).toBe(false);
      expect(wet.pulses).toEqual([]);
    }
  });
});
