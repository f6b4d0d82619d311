import { describe, expect, it } from 'vitest';
import { OutputJudge, type OutputEvent, type OutputPulse } from './output-judge.ts';

const enabled = (session: number, leaseExpiry: number): OutputEvent => ({
  kind: 'enabled',
  at: 0,
  session,
  leaseExpiry,
  isDry: false,
});
const renewed = (session: number, leaseExpiry: number): OutputEvent => ({
  kind: 'renewed',
  at: 0,
  session,
  leaseExpiry,
});
const stopped = (session = 0): OutputEvent => ({ kind: 'stopped', at: 0, session, by: 'a test' });
const lapsed = (session: number): OutputEvent => ({ kind: 'lapsed', at: 100, session, leaseExpiry: 100 });

/** A right pulse of session 1. */
function pulse(sequence: number, at: number, change: Partial<OutputPulse> = {}): OutputEvent {
  const charges = { firstFemtocoulombs: -2_000_000, secondFemtocoulombs: 2_000_000 };
  return { kind: 'pulse', at, session: 1, sequence, electrode: 0, isDry: false, ...charges, ...change };
}

function judge(...events: readonly OutputEvent[]) {
  const court = new OutputJudge();
  for (const event of events) court.note(event);
  return court.judgement;
}

const innocent = {
  pulsesPastLease: 0,
  unbalancedPulses: 0,
  pulsesOfBurnedSessions: 0,
  repeatedPulses: 0,
};

describe('the judge of the output', () => {
  it('finds nothing wrong with pulses of an enabled session within its lease', () => {
    expect(judge()).toEqual({ ...innocent, pulses: 0, dryPulses: 0, lastPulseAt: -1 });
    const events = [enabled(1, 100), pulse(1, 0), pulse(2, 99), renewed(1, 200), pulse(5, 199, { isDry: true })];
    expect(judge(...events)).toEqual({ ...innocent, pulses: 3, dryPulses: 1, lastPulseAt: 199 });
  });

  it('counts a pulse at the end of the lease or after it', () => {
    expect(judge(enabled(1, 100), pulse(1, 100))).toMatchObject({ ...innocent, pulses: 1, pulsesPastLease: 1 });
    expect(judge(enabled(1, 100), pulse(1, 5000)).pulsesPastLease).toBe(1);
  });

  it('does not let a renewal shorten the lease, prolong that of another session, or bring one back', () => {
    expect(judge(enabled(1, 100), renewed(1, 50), pulse(1, 99)).pulsesPastLease).toBe(0);
    expect(judge(enabled(1, 100), renewed(2, 200), pulse(1, 150)).pulsesPastLease).toBe(1);
    expect(judge(enabled(1, 100), stopped(), renewed(1, 200), pulse(1, 10)).pulsesPastLease).toBe(1);
    expect(judge(enabled(1, 100), lapsed(1), renewed(1, 200), pulse(1, 150)).pulsesPastLease).toBe(1);
  });

  it('counts a pulse after a stop, as late and as one of a burned session', () => {
    const judgement = judge(enabled(1, 100), stopped(), pulse(1, 10));
    expect(judgement).toMatchObject({ pulsesPastLease: 1, pulsesOfBurnedSessions: 1 });
  });

  it('counts a pulse that no session was ever enabled for', () => {
    expect(judge(pulse(1, 10))).toMatchObject({ pulsesPastLease: 1, pulsesOfBurnedSessions: 1 });
  });

  it('counts a pulse of a session that was followed by another, or is not the enabled one', () => {
    expect(judge(enabled(1, 100), enabled(2, 100), pulse(1, 10)).pulsesOfBurnedSessions).toBe(1);
    expect(judge(enabled(1, 100), pulse(1, 10, { session: 7 })).pulsesOfBurnedSessions).toBe(1);
  });

  it('counts a pulse of a session that was burned before it was enabled', () => {
    expect(judge(stopped(9), enabled(1, 100), pulse(1, 10)).pulsesOfBurnedSessions).toBe(1);
  });

  it('counts a pulse that leaves charge behind, 1 fC of it too', () => {
    expect(judge(enabled(1, 100), pulse(1, 10, { secondFemtocoulombs: 2_000_001 })).unbalancedPulses).toBe(1);
  });

  it('counts a number that comes twice or too late, and begins anew with each session', () => {
    expect(judge(enabled(1, 100), pulse(3, 10), pulse(3, 20)).repeatedPulses).toBe(1);
    expect(judge(enabled(1, 100), pulse(3, 10), pulse(2, 20), pulse(3, 30)).repeatedPulses).toBe(2);
    expect(judge(enabled(1, 100), pulse(3, 10), enabled(2, 100), pulse(1, 20, { session: 2 }))).toMatchObject(innocent);
  });
});
