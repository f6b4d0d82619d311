import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type FaultCode, faultCodes } from '../contract/faults.ts';
import { interlockStates } from '../contract/interlock-states.ts';
import type { AuditNote } from './audit-entry.ts';
import { AuditLogFixture } from './audit-log.fixture.ts';
import { LastState } from './last-state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Said = [event: AuditNote['event'], detail?: AuditNote['detail']];

function stateAfter(...said: Said[]): LastState {
  const log = new AuditLogFixture(sha256);
  const state = new LastState();
  for (const [event, detail] of said) state.take(log.note(event, detail));
  return state;
}

const to = (state: string, more: AuditNote['detail'] = {}): Said => ['state', { from: 'safe', to: state, ...more }];
const trip = (code: string): Said => ['trip', { code, message: `It was ${code}.` }];
const uncleanExit = { firstCause: { code: 'unclean-exit' }, isAcknowledged: false };

describe('S36: the state that the program left', () => {
  it('is safe when nothing was armed, or everything came back to safe', () => {
    expect(stateAfter().left).toBeUndefined();
    const back = stateAfter(to('check'), to('prearmed'), to('armed', { session: 5 }), to('stopping'), to('safe'));
    expect(back).toMatchObject({ state: 'safe', session: 5, left: undefined });
  });

  it.each(interlockStates.filter((state) => state !== 'safe'))(
    'H38: a program that was killed while the rig was %s has exited uncleanly, also after a start with nothing done',
    (state) => {
      const killed = stateAfter(['program-started'], to('check'), to(state, { session: 9 }), ['program-started']);
      expect(killed).toMatchObject({ state, session: 9, left: uncleanExit });
      expect(killed.left?.firstCause.message).toContain(`while the rig was ${state} (2026-11-25T`);
    },
  );

  it('H38: a program that was killed between confirming and arming is found armed', () => {
    expect(stateAfter(to('prearmed'), ['arm-confirmed', { session: 3 }])).toMatchObject({
      state: 'armed',
      session: 3,
      left: uncleanExit,
    });
  });

  it('is what it was before a confirmation that was refused', () => {
    expect(stateAfter(['arm-confirmed'], ['arm-refused'])).toMatchObject({ state: 'safe', left: undefined });
    expect(stateAfter(to('prearmed'), ['arm-confirmed'], ['arm-confirmed'], ['arm-refused']).state).toBe('prearmed');
    expect(stateAfter(['arm-confirmed'], to('armed'), ['arm-refused']).state).toBe('armed');
    expect(stateAfter(to('check'), ['arm-refused']).state).toBe('check');
  });

  it('H83: of any pair of faults the first one stays the cause, until a reset', () => {
    for (const first of faultCodes) {
      for (const second of faultCodes) {
        const both: Said[] = [to('stimulating'), trip(first), to('stopping', { cause: first }), trip(second)];
        const further: Said = ['further-cause', { code: second, message: 'And then this.' }];
        const state = stateAfter(...both, further, ['program-ended'], ['program-started'], trip(second));
        expect(state.left).toEqual({
          firstCause: { code: first, message: `It was ${first}.` },
          isAcknowledged: false,
        });
      }
    }
    const cleared = stateAfter(to('armed'), trip('late-tick'), to('tripped'), ['acknowledged'], ['reset']);
    expect(cleared).toMatchObject({ state: 'safe', left: undefined });
  });

  it('H83: a cause that was carried over from an earlier start is found in the transitions that name it', () => {
    const cause: FaultCode = 'unclean-exit';
    const state = stateAfter(
      to('stopping'),
      to('tripped', { cause, message: 'The program ended.' }),
      trip('late-tick'),
    );
    expect(state.left?.firstCause).toEqual({ code: cause, message: 'The program ended.' });
    expect(stateAfter(to('tripped', { cause })).left?.firstCause).toEqual({ code: cause, message: '' });
  });

  it('remembers whether the cause was acknowledged, of this cause only', () => {
    const tripped: Said[] = [['acknowledged'], trip('late-tick'), to('tripped')];
    expect(stateAfter(...tripped).left?.isAcknowledged).toBe(false);
    expect(stateAfter(...tripped, ['acknowledged'], ['program-ended']).left?.isAcknowledged).toBe(true);
  });

  it('is a trip even when the trip itself came before any transition', () => {
    expect(stateAfter(trip('emergency-stop'))).toMatchObject({ state: 'safe', left: { isAcknowledged: false } });
  });

  it('is not read out of what says nothing of it', () => {
    const other = stateAfter(to('armed'), ['state', { tripCheck: 'passed' }], to('somewhere'), [
      'trip',
      { code: 'unknown' },
    ]);
    expect(other).toMatchObject({ state: 'armed', session: undefined, left: uncleanExit });
  });
});
