import { describe, expect, it } from 'vitest';
import type { OutputEvent } from '../../main/virtual-rig/output-judge.ts';
import { PulseWatch } from './pulse-watch.ts';
import type { RunningProgram } from './running-program.ts';

const millisecondNs = 1e6;
const enabled: OutputEvent = { kind: 'enabled', at: 0, session: 1, leaseExpiry: 100_000, isDry: false };
const pulse: OutputEvent = {
  kind: 'pulse',
  at: 10,
  session: 1,
  sequence: 1,
  electrode: 0,
  firstFemtocoulombs: -1_000_000,
  secondFemtocoulombs: 1_000_000,
  isDry: false,
};

/** Armed by people, permitted at 0 ms, with the permit of pulse 1 on disk. */
function armedWatch(): PulseWatch {
  const program = {
    rigThread: { isHung: false, isDead: false },
    rig: { chain: { interlock: { isLive: true, firstCause: undefined } } },
    ring: { permits: new Set([1]) },
  } as unknown as RunningProgram;
  const watch = new PulseWatch(() => program);
  watch.noteArmRequest();
  watch.noteArmConfirmation();
  watch.note(enabled, 0);
  watch.look(0);
  return watch;
}

/** What the watch counts, without what is not wrong. */
function wrongOf(watch: PulseWatch): object {
  const { pulses: _pulses, enables: _enables, ...wrong } = watch.verdict;
  return Object.fromEntries(Object.entries(wrong).filter(([, count]) => count !== 0));
}

describe('the judge of the fault sequences', () => {
  it('finds nothing wrong with a pulse that was permitted, recorded and inside its limits', () => {
    const watch = armedWatch();
    watch.note(pulse, 100 * millisecondNs);
    expect(watch.verdict).toMatchObject({ pulses: 1, enables: 1 });
    expect(wrongOf(watch)).toEqual({});
  });

  it('finds each thing that must not happen', () => {
    const after = (events: OutputEvent[], nowNs = millisecondNs) => {
      const watch = armedWatch();
      for (const event of events) watch.note(event, nowNs);
      return wrongOf(watch);
    };
    expect(after([pulse], 102 * millisecondNs)).toEqual({ pulsesPastBound: 1 });
    expect(after([{ ...pulse, at: 100_000 }])).toEqual({ pulsesPastBound: 1 });
    expect(after([{ ...pulse, secondFemtocoulombs: 999_999 }])).toEqual({ unbalanced: 1 });
    expect(after([{ ...pulse, sequence: 2 }])).toEqual({ unrecorded: 1 });
    expect(after([{ ...pulse, electrode: 3 }])).toEqual({ beyondLimits: 1 });
    expect(after([{ ...pulse, firstFemtocoulombs: -2_000_001, secondFemtocoulombs: 2_000_001 }])).toEqual({
      beyondLimits: 1,
    });
    expect(after([pulse, pulse])).toEqual({ replayed: 1 });
    expect(after([{ ...enabled, session: 2 }])).toEqual({ silentEnables: 1 });
  });
});
