import { describe, expect, it } from 'vitest';
import { controlWord, createControlBlock, recorderState } from '../../common/base/control-block.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import type { RecorderLine } from './recording/recorder-line.ts';
import { RigHealth } from './rig-health.ts';

const second = 1e9;
const limits = { recorderBacklogMaxMilliseconds: 250, diskMinSeconds: 120 };

function setUp({ fill = 0, freeSeconds = 3600 as number | undefined, dataAgeToTripMilliseconds = 500 } = {}) {
  const control = createControlBlock();
  const journal = { fill } as JournalWriter;
  const recorder = { freeSeconds } as RecorderLine;
  const health = new RigHealth(control, journal, recorder, dataAgeToTripMilliseconds);
  const check = (nowNs: number, isRecording = true) => health.checkThreads(nowNs, isRecording, limits);
  const codes = (nowNs: number, isRecording = true) => check(nowNs, isRecording).map(({ code }) => code);
  const beat = (word: 'watchdogBeat' | 'recorderBeat') => Atomics.add(control, controlWord[word], 1);
  return { control, health, beat, check, codes };
}

describe('RigHealth', () => {
  it('finds nothing while all threads beat', () => {
    const { beat, check } = setUp();
    for (let nowNs = 0; nowNs < 10 * second; nowNs += 0.1 * second) {
      beat('watchdogBeat');
      beat('recorderBeat');
      expect(check(nowNs)).toEqual([]);
    }
  });

  describe('of the watchdog', () => {
    it('S16: finds one that is silent, recording or not, until it beats again', () => {
      const { beat, codes } = setUp();
      expect(codes(0, false)).toEqual([]);
      expect(codes(0.6 * second, false)).toEqual(['watchdog-silent']);
      expect(codes(0.7 * second, false)).toEqual(['watchdog-silent']);
      beat('watchdogBeat');
      expect(codes(0.8 * second, false)).toEqual([]);
      expect(codes(1.3 * second, false)).toEqual([]);
      expect(codes(1.4 * second, false)).toEqual(['watchdog-silent']);
    });

    it.each([
      [500, undefined],
      [500.000_001, '500'],
      [1234, '1234'],
      [Number.NaN, 'NaN'],
    ])('H39: judges one that has been silent for %d ms', (silentMilliseconds, words) => {
      const { check } = setUp();
      check(second, false);
      const faults = check(second + silentMilliseconds * 1e6, false);
      if (words === undefined) expect(faults).toEqual([]);
      else {
        const message = `The watchdog thread has been silent for ${words} ms.`;
        expect(faults).toMatchObject([{ code: 'watchdog-silent', message, bound: 500, unit: 'ms' }]);
        expect(faults[0]!.value).toBe(silentMilliseconds);
      }
    });
  });

  describe('of the recorder', () => {
    it.each([
      [250, undefined],
      [250.000_001, '250'],
      [400, '400'],
      [Number.NaN, 'NaN'],
    ])('H52: judges one that is %d ms behind', (silentMilliseconds, words) => {
      const { beat, check } = setUp();
      check(second);
      beat('watchdogBeat');
      const faults = check(second + silentMilliseconds * 1e6).filter(({ code }) => code !== 'watchdog-silent');
      if (words === undefined) expect(faults).toEqual([]);
      else {
        const message = `The recorder thread has been silent for ${words} ms.`;
        expect(faults).toMatchObject([{ code: 'recorder-slow', message, bound: 250, unit: 'ms' }]);
        expect(faults[0]!.value).toBe(silentMilliseconds);
      }
    });

    it('S21: finds one that could not write', () => {
      const { control, check } = setUp();
      for (const state of [recorderState.none, recorderState.open]) {
        Atomics.store(control, controlWord.recorderState, state);
        expect(check(0)).toEqual([]);
      }
      Atomics.store(control, controlWord.recorderState, recorderState.failed);
      expect(check(0)).toEqual([{ code: 'recorder-closed', message: 'The recorder could not write the journal.' }]);
    });

    it.each([
      [0.5, undefined],
      [0.51, '51'],
      [1, '100'],
      [Number.NaN, 'NaN'],
    ])('H52: judges a buffer of which %d is full', (fill, percent) => {
      const faults = setUp({ fill }).check(0);
      if (percent === undefined) expect(faults).toEqual([]);
      else {
        const message = `The recorder's buffer is ${percent} % full.`;
        expect(faults).toEqual([{ code: 'recorder-full', message, value: fill * 100, bound: 50, unit: '%' }]);
      }
    });

    it.each([
      [undefined, undefined],
      [Infinity, undefined],
      [120, undefined],
      [119.9, '120'],
      [30, '30'],
      [-1, '-1'],
      [Number.NaN, 'NaN'],
    ])('H51: judges a disk that is full in %d s', (freeSeconds, words) => {
      const faults = setUp({ freeSeconds }).check(0);
      if (words === undefined) expect(faults).toEqual([]);
      else {
        const message = `The disk is full in ${words} s.`;
        expect(faults).toEqual([{ code: 'recorder-full', message, value: freeSeconds, bound: 120, unit: 's' }]);
      }
    });

    it('says everything that is wrong, while recording only', () => {
      const { control, codes } = setUp({ fill: 0.9, freeSeconds: 1 });
      Atomics.store(control, controlWord.recorderState, recorderState.failed);
      codes(0);
      const others = ['recorder-slow', 'recorder-closed', 'recorder-full', 'recorder-full'];
      expect(codes(second)).toEqual(['watchdog-silent', ...others]);
      expect(codes(second, false)).toEqual(['watchdog-silent']);
    });
  });

  describe('of the source', () => {
    it('reports each silence once', () => {
      const { health } = setUp();
      const stalls = [0.4, 0.6, 0.7, 1, 1.1, 1.7].map(
        (now) => health.checkSource(now * second, (now < 1 ? 0 : 1) * second)?.code,
      );
      expect(stalls).toEqual([undefined, 'source-stalled', undefined, undefined, undefined, 'source-stalled']);
    });

    it.each([
      [500, 500, undefined],
      [500, 501, '501'],
      [20, 100, undefined],
      [20, 101, '101'],
      [20, Number.NaN, 'NaN'],
    ])(
      'H14: with a data age of %d ms that trips, judges a silence of %d ms',
      (dataAgeToTripMilliseconds, silent, words) => {
        const { health } = setUp({ dataAgeToTripMilliseconds });
        const fault = health.checkSource(second + silent * 1e6, second);
        if (words === undefined) expect(fault).toBeUndefined();
        else {
          const message = `The source has sent no data for ${words} ms.`;
          const bound = Math.max(100, dataAgeToTripMilliseconds);
          expect(fault).toMatchObject({ code: 'source-stalled', message, bound, unit: 'ms' });
          expect(fault!.value).toBe(silent);
        }
      },
    );
  });
});
