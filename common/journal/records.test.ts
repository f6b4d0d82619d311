import { describe, expect, it } from 'vitest';
import * as records from './records.ts';
import { lateHandlings, recordType, requestOrigins, turnKinds } from './records.ts';

describe('the records of a journal', () => {
  it('have the sizes that files on disk have', () => {
    const sizes = {
      blockHeader: 24,
      spikesHeader: 16,
      spike: 16,
      simulationHeader: 32,
      weightsHeader: 16,
      request: 36,
      permit: 24,
      refusal: 32,
      delivery: 40,
      deliveryMeasure: 56,
      deliveryMeasureWithoutResidual: 48,
      tick: 72,
      gap: 16,
      turnHeader: 16,
    };
    for (const [name, bytes] of Object.entries(sizes)) {
      expect([name, records[name as keyof typeof sizes].bytes]).toEqual([name, bytes]);
    }
  });

  it('begin their arrays on multiples of the elements’ size, so that typed arrays can be laid over them', () => {
    for (const header of [records.blockHeader, records.spikesHeader, records.simulationHeader, records.weightsHeader]) {
      expect(header.bytes % 8).toBe(0);
    }
    expect(records.spike.bytes % 8).toBe(0);
  });

  it('keep their numbers: a file of today is read by every later version', () => {
    expect(recordType).toEqual({
      opening: 1,
      block: 2,
      spikes: 3,
      simulation: 4,
      request: 5,
      permit: 6,
      refusal: 7,
      delivery: 8,
      tick: 9,
      state: 10,
      fault: 11,
      mark: 12,
      gap: 13,
      phase: 14,
      weights: 15,
      closing: 16,
      deliveryMeasure: 17,
      limits: 18,
      tripCheck: 19,
      health: 20,
      memory: 21,
      replayStart: 22,
      turn: 23,
      input: 24,
      clockSync: 25,
      digitalInput: 26,
    });
    expect(turnKinds).toEqual(['block', 'result', 'acknowledgement', 'time', 'input']);
    expect(requestOrigins).toEqual(['simulation', 'protocol', 'operator']);
    expect(lateHandlings).toEqual([
      'in time',
      'late, nothing asked',
      'late, refused',
      'no result',
      'late, delivered',
      'waited',
    ]);
  });
});
