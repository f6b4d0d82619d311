import { describe, expect, it } from 'vitest';
import { checkModel, isPassed } from './check-model.ts';
import { plain } from './configuration.ts';
import { explore } from './explore.ts';
import { invariants } from './invariants.ts';
import { mutants } from './mutants.ts';
import { mutant, reducer } from './mutant.ts';
import { realProtocol } from './protocol.ts';

const longMs = 120_000;
/** The smallest world in which a session is armed, stimulates and is stopped. */
const small = { ...plain, name: 'small', rigMessagesMax: 1, delayMax: 1 };

describe('the model check', () => {
  it(
    'S09: finds no state of a small world in which the real protocol breaks an invariant',
    () => {
      const explored = explore({ configuration: small, protocol: realProtocol }, 1e6);
      expect(explored.violation?.invariant.name).toBeUndefined();
      expect(explored.states).toBeGreaterThan(50_000);
      expect(explored.pulses).toBeGreaterThan(0);
      // A lease of three ticks ends in the third one; a pulse has one tick less, since it takes one to arrive.
      expect([explored.latestPulse, explored.latestOutput]).toEqual([1, 2]);
    },
    longMs,
  );

  it('names the invariant that a mutant breaks, with a shortest way there', () => {
    const stopless = mutant(
      'stop disabled while stimulating',
      reducer((record, event) =>
        event.kind === 'stop' && record.state === 'stimulating' ? { record, action: 'none' } : undefined,
      ),
      small,
    );
    const { violation } = explore(stopless, 1e6);
    expect(violation?.invariant.name).toBe('I12 STOP-TOTAL');
    expect(violation?.trace.map((step) => step.split(' → ')[0])).toEqual([
      'the operator asks to arm',
      'the self-test passes',
      'the operator holds the second control',
      'the watchdog guards the session',
      'the rig sends ENABLE',
      'ENABLE arrives',
      'the device sends its status',
      'the rig hears the device',
      'the operator starts the run',
      'the operator stops',
      'the rig takes the order to stop',
    ]);
  });

  it('finds the same in every run', () => {
    const run = () =>
      explore(
        mutants.find(({ name }) => name === 'no lease')!,
        1e6,
      );
    expect(run()).toEqual(run());
  });

  it('says when a configuration is larger than what it may be', () => {
    expect(() => explore({ configuration: small, protocol: realProtocol }, 1000)).toThrow('more than 1000 states');
  });

  it('passes only when nothing is violated, every mutant is killed, and every invariant is broken by one', () => {
    const harmless = mutant('no difference', {}, { ...small, sessionsMax: 0 });
    const report = checkModel({ configurations: [harmless.configuration], mutants: [harmless], nowMs: () => 0 });
    expect(report).toMatchObject({ violations: 0, mutants: 1, killed: 0, seconds: 0 });
    expect(report.unbroken).toEqual(invariants.map(({ name }) => name));
    const passed = { ...report, killed: 1, unbroken: [] };
    expect(isPassed(passed)).toBe(true);
    for (const change of [{ killed: 0 }, { violations: 1 }, { unbroken: ['I1 BOUND'] }])
      expect(isPassed({ ...passed, ...change })).toBe(false);
  });

  it('has a name of its own for each invariant and each mutant', () => {
    for (const names of [invariants.map(({ name }) => name), mutants.map(({ name }) => name)])
      expect(new Set(names).size).toBe(names.length);
    expect(mutants.length).toBeGreaterThanOrEqual(20);
  });
});
