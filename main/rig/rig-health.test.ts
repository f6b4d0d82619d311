import { describe, expect, it } from 'vitest';
import { controlWord, createControlBlock, recorderState } from '../../common/base/control-block.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { RecorderLine } from './recording/recorder-line.ts';
import { RigHealth } from './rig-health.ts';

const second = 1e9;

function setUp({ fill = 0, freeSeconds = 3600 as number | undefined } = {}) {
  const control = createControlBlock();
  const health = new RigHealth(control, { fill } as JournalWriter, { freeSeconds } as RecorderLine, 500);
  const beat = () => {
    Atomics.add(control, controlWord.watchdogBeat, 1);
    Atomics.add(control, controlWord.recorderBeat, 1);
  };
  const codes = (nowNs: number, isRecording = true) => health.checkThreads(nowNs, isRecording).map(({ code }) => code);
  return { control, health, beat, codes };
}

describe('RigHealth', () => {
  it('finds nothing while all threads beat', () => {
    const { beat, codes } = setUp();
    for (let nowNs = 0; nowNs < 10 * second; nowNs += 0.1 * second) {
      beat();
      expect(codes(nowNs)).toEqual([]);
    }
  });

  it('S16: finds a silent watchdog', () => {
    const { codes } = setUp();
    codes(0, false);
    expect(codes(0.4 * second, false)).toEqual([]);
    expect(codes(0.6 * second, false)).toEqual(['watchdog-silent']);
  });

  it('S21: finds a recorder that is silent, cannot write, or has too little room, only while recording', () => {
    const silent = setUp();
    silent.codes(0);
    Atomics.add(silent.control, controlWord.watchdogBeat, 1);
    expect(silent.codes(1.1 * second)).toEqual(['recorder-slow']);
    const failed = setUp();
    Atomics.store(failed.control, controlWord.recorderState, recorderState.failed);
    expect(failed.codes(0)).toEqual(['recorder-closed']);
    expect(failed.codes(0, false)).toEqual([]);
    expect(setUp({ fill: 0.51 }).codes(0)).toEqual(['recorder-full']);
    expect(setUp({ freeSeconds: 119 }).codes(0)).toEqual(['recorder-full']);
    expect(setUp({ freeSeconds: undefined }).codes(0)).toEqual([]);
  });

  it('reports each silence of the source once', () => {
    const { health } = setUp();
    const stalls = [0.4, 0.6, 0.7, 1, 1.1, 1.7].map(
      (now) => health.checkSource(now * second, (now < 1 ? 0 : 1) * second)?.code,
    );
    expect(stalls).toEqual([undefined, 'source-stalled', undefined, undefined, undefined, 'source-stalled']);
  });
});
