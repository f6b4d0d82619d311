import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../common/contract/faults.ts';
import { Interlock } from './interlock.ts';
import { insideRequest, testProfile } from './limits.fixture.ts';
import { freezeLimits } from './limits.ts';
import { redeemPermit } from './permit.ts';
import type { InterlockEvent } from './transition.ts';

const second = 1e9;
const fault: Fault = { code: 'simulation-closed', message: 'The simulation ended.' };
const context = { nowNs: second, acquiredNs: second, doesPhaseStimulate: true };

function armed(): Interlock {
  const interlock = new Interlock(freezeLimits(testProfile));
  for (const kind of ['arm-requested', 'checks-passed', 'arm-confirmed'] as const) interlock.apply({ kind }, 0);
  return interlock;
}

function stimulating(): Interlock {
  const interlock = armed();
  interlock.apply({ kind: 'run-started' }, 0);
  return interlock;
}

const isPermit = (verdict: object) => !('kind' in verdict);

describe('Interlock', () => {
  it('S09: permits the simulation only while stimulating, and the operator’s pulse while armed', () => {
    const interlock = new Interlock(freezeLimits(testProfile));
    const codes: unknown[] = [];
    const ask = () => {
      const verdict = interlock.decide(insideRequest, context);
      codes.push(isPermit(verdict) ? 'permit' : (verdict as { code: string }).code);
    };
    ask();
    for (const kind of ['arm-requested', 'checks-passed', 'arm-confirmed', 'run-started'] as const) {
      interlock.apply({ kind }, 0);
      ask();
    }
    expect(codes).toEqual(['not-armed', 'not-armed', 'not-armed', 'not-armed', 'permit']);
    expect(isPermit(armed().decide({ ...insideRequest, origin: 'operator' }, context))).toBe(true);
  });

  it('refuses in a phase that does not stimulate', () => {
    const verdict = stimulating().decide(insideRequest, { ...context, doesPhaseStimulate: false });
    expect(verdict).toMatchObject({ code: 'phase-without-stimulation' });
  });

  it('S02: gives permits that are good once and carry a deadline', () => {
    const verdict = stimulating().decide(insideRequest, context);
    if ('kind' in verdict) throw new Error('a permit was expected');
    expect(verdict.expiryNs).toBe(second + 10e6);
    expect(redeemPermit(verdict)).toBe(true);
    expect(redeemPermit(verdict)).toBe(false);
    expect(redeemPermit({ ...verdict })).toBe(false);
  });

  it('S11: latches the first cause, keeps it while others follow, and lets only its acknowledgement and a quiet time clear it', () => {
    const interlock = stimulating();
    expect(interlock.latch(fault, second)).toMatchObject({ to: 'stopping', action: 'stop-output' });
    interlock.latch({ code: 'lease-lost', message: '' }, second);
    interlock.apply({ kind: 'off-confirmed' }, second);
    expect(interlock.state).toBe('tripped');
    expect(interlock.firstCause).toEqual(fault);
    expect(interlock.furtherCauses.map(({ code }) => code)).toEqual(['lease-lost']);
    expect(interlock.acknowledge('lease-lost')).toBe(false);
    expect(interlock.reset(second * 10, true)).toBeUndefined();
    expect(interlock.acknowledge('simulation-closed')).toBe(true);
    expect(interlock.reset(second * 2, true)).toBeUndefined();
    expect(interlock.reset(second * 10, false)).toBeUndefined();
    expect(interlock.reset(second * 10, true)).toMatchObject({ to: 'safe' });
    expect(interlock.firstCause).toBeUndefined();
  });

  it('S10: gives arming up when the second control does not follow within 15 s', () => {
    const interlock = new Interlock(freezeLimits(testProfile));
    interlock.apply({ kind: 'arm-requested' }, 0);
    interlock.apply({ kind: 'checks-passed' }, 0);
    expect(interlock.expire(14.9 * second)).toBeUndefined();
    expect(interlock.expire(15 * second)).toMatchObject({ to: 'safe' });
    expect(interlock.apply({ kind: 'arm-confirmed' }, 15 * second)).toBeUndefined();
  });

  it('S12: calls a stop that is not confirmed within 200 ms a fault', () => {
    const interlock = stimulating();
    interlock.apply({ kind: 'stop' }, second);
    expect(interlock.expire(second + 0.19e9)).toBeUndefined();
    expect(interlock.expire(second + 0.2e9)).toMatchObject({ code: 'stop-unconfirmed' });
    interlock.apply({ kind: 'stop-unconfirmed' }, second + 0.2e9);
    expect(interlock.state).toBe('fault');
    expect(interlock.reset(100 * second, true)).toBeUndefined();
  });

  it('S13: trips on a controller that keeps asking for what is refused, but not on expected refusals', () => {
    const interlock = stimulating();
    const amplitude = { kind: 'refusal', code: 'amplitude', value: 11, bound: 10 } as const;
    const late = { ...amplitude, code: 'late' } as const;
    for (let count = 0; count < 50; count++) expect(interlock.noteRefusal(late, count)).toBeUndefined();
    for (let count = 0; count < 9; count++) expect(interlock.noteRefusal(amplitude, count)).toBeUndefined();
    expect(interlock.noteRefusal(amplitude, 10)).toMatchObject({ code: 'refusals', value: 10 });
    const slow = stimulating();
    for (let count = 0; count < 50; count++) expect(slow.noteRefusal(amplitude, count * 1.2 * second)).toBeUndefined();
  });

  it('S14: trips on one tick that is far too late and on too many late ones, only while armed', () => {
    expect(stimulating().noteTick(true, 20e6)).toBeUndefined();
    expect(stimulating().noteTick(true, 20e6 + 1)).toMatchObject({ code: 'late-tick' });
    expect(stimulating().noteTick(true, Number.NaN)).toMatchObject({ code: 'late-tick' });
    const often = stimulating();
    const faults = Array.from({ length: 100 }, (_, tick) => often.noteTick(tick % 40 === 0, 6e6));
    expect(faults.filter((found) => found !== undefined).length).toBe(20);
    expect(faults[80]).toMatchObject({ code: 'late-ticks', value: 3 });
    expect(new Interlock(freezeLimits(testProfile)).noteTick(true, 1e9)).toBeUndefined();
  });

  it('does not latch a gap in the data while nothing can be stimulated, but latches a lost device', () => {
    const interlock = new Interlock(freezeLimits(testProfile));
    expect(interlock.latch({ code: 'samples-lost', message: '' }, 0)).toBeUndefined();
    expect(interlock.firstCause).toBeUndefined();
    interlock.latch({ code: 'source-closed', message: '' }, 0);
    expect(interlock.state).toBe('tripped');
  });

  const event = fc.constantFrom<InterlockEvent['kind'] | 'reset-properly'>(
    'arm-requested',
    'checks-passed',
    'checks-failed',
    'arm-confirmed',
    'arm-cancelled',
    'run-started',
    'run-ended',
    'stop',
    'fault',
    'off-confirmed',
    'stop-unconfirmed',
    'reset',
    'reset-properly',
  );

  it('S09: keeps its invariants over any sequence of events', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (kinds) => {
        const interlock = new Interlock(freezeLimits(testProfile));
        let confirmations = 0;
        let requests = 0;
        let nowNs = 0;
        for (const kind of kinds) {
          nowNs += 3 * second;
          const before = interlock.state;
          const causeBefore = interlock.firstCause;
          const isAcknowledgedBefore = interlock.isAcknowledged;
          if (kind === 'fault') interlock.latch(fault, nowNs);
          else if (kind === 'reset-properly') {
            if (causeBefore !== undefined) interlock.acknowledge(causeBefore.code);
            interlock.reset(nowNs, true);
          } else if (kind !== 'reset') interlock.apply({ kind }, nowNs);
          else interlock.reset(nowNs, true);
          if (kind === 'arm-requested' && before === 'safe') requests++;
          if (kind === 'arm-confirmed' && before === 'prearmed') confirmations++;
          const { state } = interlock;
          // Stimulation only from armed, armed only from prearmed, prearmed only from check; never with a cause.
          if (state === 'stimulating') expect(['armed', 'stimulating']).toContain(before);
          if (state === 'armed') expect(['prearmed', 'armed']).toContain(before);
          if (state === 'prearmed') expect(['check', 'prearmed']).toContain(before);
          if (state === 'armed' || state === 'stimulating') {
            expect(interlock.firstCause).toBeUndefined();
            expect(confirmations).toBeGreaterThan(0);
            expect(requests).toBeGreaterThanOrEqual(confirmations);
          }
          // A first cause changes, and the tripped state is left for the safe one, only by a reset whose cause was named:
          // by this step, or by one before it, which may have come while the output was still being turned off.
          const isCleared = causeBefore !== undefined && interlock.firstCause !== causeBefore;
          if (isCleared || (before === 'tripped' && state === 'safe')) {
            expect(before).toBe('tripped');
            expect(kind === 'reset-properly' || (kind === 'reset' && isAcknowledgedBefore)).toBe(true);
          }
          if (kind === 'stop') expect(['armed', 'stimulating']).not.toContain(state);
          if (state !== 'stimulating')
            expect(isPermit(interlock.decide(insideRequest, { ...context, nowNs, acquiredNs: nowNs }))).toBe(false);
        }
      }),
      {
        numRuns: 2000,
        examples: [[['arm-requested', 'fault', 'reset-properly', 'off-confirmed', 'reset']]],
      },
    );
  });
});
