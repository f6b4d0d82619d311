// Each thread and process of a stimulating rig is killed or hung, one per test: the output goes off, the recording is kept.
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recoverSession } from '../../analysis/recover.ts';
import { summariseSession } from '../../analysis/summary/summarise-session.ts';
import { isTripped, type Lab, virtualExperiment, withLab } from '../support/lab.ts';
import { startExocortex } from '../support/run-exocortex.ts';

const timeout = 120_000;

function kill({ programs }: Lab, name: 'simulation' | 'virtual-rig'): void {
  process.kill(programs.get(name)!.pid!, 'SIGKILL');
}

/** Deliveries do not grow any more once the rig has tripped. */
async function expectSilence({ operator }: Lab): Promise<void> {
  const before = operator.status!.counters.deliveries;
  const from = operator.status!.session.elapsedSeconds;
  await operator.until(({ session }) => session.elapsedSeconds > from + 2, 30, 'two more seconds of recording');
  expect(operator.status!.counters.deliveries).toBe(before);
  expect(operator.status!.interlock.isOutputOn).toBe(false);
}

describe('killing a part of a stimulating rig', () => {
  it('S23: the simulation ends: trip, output off, and the recording goes on', { timeout }, () =>
    withLab(async (lab) => {
      await lab.stimulate();
      kill(lab, 'simulation');
      await lab.operator.until(isTripped, 10, 'the trip');
      expect(lab.operator.status!.interlock.firstCause?.code).toBe('simulation-closed');
      await expectSilence(lab);
      await lab.operator.give('run.end', {});
      const { summary } = await lab.finished;
      expect(summary).toMatchObject({ trips: 1, samplesLost: 0, reason: 'completed' });
    }),
  );

  it('S17: the device ends: trip, and the recording is closed and whole', { timeout }, () =>
    withLab(async (lab) => {
      await lab.stimulate();
      kill(lab, 'virtual-rig');
      const { summary, nwb } = await lab.finished;
      expect(summary).toMatchObject({ reason: 'fault', trips: 1 });
      expect(summary!.faults[0]!.code).toBe('source-closed');
      expect(summary!.journal).toMatchObject({ tornBytes: 0, framesLost: 0 });
      expect(nwb).toBeDefined();
    }),
  );

  it('S17: the rig thread ends: the session is recovered, and every command is refused from then on', { timeout }, () =>
    withLab(
      async (lab) => {
        await lab.stimulate();
        lab.failThread();
        const { folder, problem } = await lab.finished;
        expect(problem).toContain('rig thread');
        const summary = await summariseSession(folder);
        expect(summary.reason).toBe('interrupted');
        expect(summary.deliveries).toBeGreaterThanOrEqual(3);
        await expect(lab.operator.give('run.start', { operator: 'test' })).rejects.toThrow('Restart');
      },
      { failing: { thread: 'rig-thread', how: 'ends' } },
    ),
  );

  it('S16: the rig thread hangs: the watchdog stops the stimulator through its own handle', { timeout }, () =>
    withLab(
      async (lab) => {
        await lab.stimulate();
        lab.failThread();
        const { problem } = await lab.finished;
        expect(problem).toContain('has not turned');
        expect(lab.messages.join()).toContain('The watchdog stopped stimulation');
      },
      { failing: { thread: 'rig-thread', how: 'hangs' } },
    ),
  );

  it('S16: the watchdog ends: trip, output off', { timeout }, () =>
    withLab(
      async (lab) => {
        await lab.stimulate();
        lab.failThread();
        await lab.operator.until(isTripped, 10, 'the trip');
        // Whichever is noticed first: the silent watchdog, or the lease that nobody renewed.
        expect(['watchdog-silent', 'lease-lost']).toContain(lab.operator.status!.interlock.firstCause?.code);
        await expectSilence(lab);
      },
      { failing: { thread: 'watchdog-thread', how: 'ends' } },
    ),
  );

  it('S21: the recorder ends: trip, output off, nothing is stimulated unrecorded', { timeout }, () =>
    withLab(
      async (lab) => {
        await lab.stimulate();
        lab.failThread();
        await lab.operator.until(isTripped, 10, 'the trip');
        await expectSilence(lab);
      },
      { failing: { thread: 'recorder-thread', how: 'ends' } },
    ),
  );

  it('S17: the whole program is killed: its journal holds everything up to the last 250 ms', { timeout }, async () => {
    const out = mkdtempSync(join(tmpdir(), 'exocortex-kill-'));
    try {
      const { child, stderr } = startExocortex(['run', virtualExperiment, '--seconds', '60', '--out', out]);
      // A line every five seconds, and the first one when a busy computer comes to it.
      const shown = / ([5-9]\.\d) of 60 s/;
      while (!shown.test(stderr())) {
        if (child.exitCode !== null) throw new Error(`the program ended by itself: ${stderr()}`);
        await Promise.race([once(child.stderr!, 'data'), once(child, 'exit')]);
      }
      child.kill('SIGKILL');
      await once(child, 'exit');
      const shownSeconds = Number(shown.exec(stderr())![1]);
      const folder = join(out, readdirSync(out)[0]!);
      const report = await recoverSession(folder);
      expect(report.seconds).toBeGreaterThanOrEqual(shownSeconds - 0.25);
      expect(report).toMatchObject({ isWhole: false, samplesUnreadable: 0 });
      // Every delivery of the journal has its permit before it.
      const summary = await summariseSession(folder);
      expect(summary.permits).toBeGreaterThanOrEqual(summary.deliveries);
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
});

describe('killing the analysis of a finished session', () => {
  it('leaves the recording whole and no half NWB file, and the export can be asked for again', { timeout }, () =>
    withLab(async (lab) => {
      await lab.stimulate();
      const isAnalysing = new Promise<void>((resolve) => {
        const watching = setInterval(() => {
          const analysis = lab.programs.get('analysis');
          if (analysis === undefined) return;
          clearInterval(watching);
          process.kill(analysis.pid!, 'SIGKILL');
          lab.programs.delete('analysis');
          resolve();
        }, 1);
      });
      await lab.operator.give('run.end', {});
      await isAnalysing;
      const { folder, problem } = await lab.finished;
      expect(problem).toContain('analysis program ended early');
      expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
      const { nwb, ticks } = await lab.operator.give('sessions.recover', { folder });
      expect(readdirSync(folder)).toContain(basename(nwb));
      expect(ticks).toBeGreaterThan(100);
    }),
  );
});

describe('S24: after a trip', () => {
  it('nothing arms again by itself: only acknowledgement by name, reset and both controls', { timeout }, () =>
    withLab(async (lab) => {
      await lab.stimulate();
      kill(lab, 'simulation');
      const { operator } = lab;
      await operator.until(isTripped, 10, 'the trip');
      await expect(operator.arm('test')).rejects.toThrow('Acknowledge');
      await expect(operator.give('trip.reset', {})).rejects.toThrow('acknowledged');
      await expect(operator.give('trip.acknowledge', { cause: 'lease-lost' })).rejects.toThrow('not the cause');
      await operator.give('trip.acknowledge', { cause: 'simulation-closed' });
      await operator.give('run.end', {});
      await operator.give('rig.disconnect', {});
      await operator.connect(virtualExperiment, 'real-time');
      // What is latched outlives the connection: it was acknowledged, and nobody has reset it.
      await operator.until(isTripped, 10, 'the trip that was carried over');
      expect(operator.status!.interlock.firstCause?.code).toBe('simulation-closed');
      await expect(operator.arm('test')).rejects.toThrow('reset');
      // As the command line does it: what it looks at next is the rig after the reset.
      await operator.acknowledge('simulation-closed');
      expect(operator.status!.interlock).toMatchObject({ state: 'safe' });
      expect(operator.status!.interlock.firstCause).toBeUndefined();
    }),
  );
});
