import { describe, expect, it } from 'vitest';
import type { PulseCommand } from '../hardware/device.ts';
import { Interlock } from '../interlock/interlock.ts';
import { insideRequest, testProfile } from '../interlock/limits.fixture.ts';
import { freezeLimits } from '../interlock/limits.ts';
import type { Permit } from '../interlock/permit.ts';
import { Gate } from './gate.ts';

function setUp({ isOpen = true, isWritten = true } = {}) {
  const order: string[] = [];
  const pulses: PulseCommand[] = [];
  let nowNs = 1e9;
  const gate = new Gate(
    {
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
  const interlock = new Interlock(freezeLimits(testProfile));
  for (const kind of ['arm-requested', 'checks-passed', 'arm-confirmed', 'run-started'] as const)
    interlock.apply({ kind }, 0);
  const permit = interlock.decide(insideRequest, { nowNs: 1e9, acquiredNs: 1e9, doesPhaseStimulate: true }) as Permit;
  return { gate, permit, order, pulses, wait: (milliseconds: number) => void (nowNs += milliseconds * 1e6) };
}

describe('Gate', () => {
  it('S04: drives only after the recorder has the permit on disk, with exactly what was permitted', () => {
    const { gate, permit, order, pulses } = setUp();
    expect(gate.drive(permit)).toBeUndefined();
    expect(order).toEqual(['permit recorded', 'waited for the recorder', 'pulse']);
    expect(pulses[0]).toMatchObject({
      sequence: 1,
      electrode: 3,
      amplitudeNanoamps: 5000,
      phaseMicroseconds: 200,
      interphaseMicroseconds: 50,
      leadingPhase: 'cathodic',
      expiryNs: 1e9 + 10e6,
    });
  });

  it('S04: drives nothing when the recorder does not take the permit, or no journal is open', () => {
    const slow = setUp({ isWritten: false });
    expect(slow.gate.drive(slow.permit)).toMatchObject({ code: 'not-recorded' });
    const closed = setUp({ isOpen: false });
    expect(closed.gate.drive(closed.permit)).toMatchObject({ code: 'not-recorded' });
    expect([...slow.pulses, ...closed.pulses]).toEqual([]);
  });

  it('S02: drives a permit once', () => {
    const { gate, permit, pulses } = setUp();
    gate.drive(permit);
    expect(gate.drive(permit)).toMatchObject({ code: 'permit-reused' });
    expect(pulses.length).toBe(1);
  });

  it('S01: drives no permit that the interlock did not make, even a perfect copy', () => {
    const { gate, permit, pulses } = setUp();
    expect(gate.drive({ ...permit })).toMatchObject({ code: 'permit-reused' });
    expect(pulses).toEqual([]);
  });

  it('S03: drives no permit that is past its deadline', () => {
    const { gate, permit, pulses, wait } = setUp();
    wait(10.1);
    expect(gate.drive(permit)).toMatchObject({ code: 'expired' });
    expect(pulses).toEqual([]);
  });
});
