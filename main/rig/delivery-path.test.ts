import { describe, expect, it } from 'vitest';
import { pulseOutcomes } from '../../common/device-protocol/device-outcome.ts';
import { DeliveryPath } from './delivery-path.ts';
import { deliveredAcknowledgement } from './hardware/acknowledgement.fixture.ts';
import { insidePermit, testLimits } from './interlock/limits.fixture.ts';
import type { JournalWriter } from './journal/journal-writer.ts';
import { Counters } from './session/counters.ts';
import { DeliveryMonitor } from './stimulation/delivery-monitor.ts';
import { PulseBook } from './stimulation/pulse-book.ts';

const millisecond = 1e6;

/** The way back of the pulses with these numbers, each sent at as many ms. */
function setUp(...sequences: number[]) {
  const journalled: [string, object][] = [];
  const journal = {
    delivery: (record: object) => void journalled.push(['delivery', record]),
    deliveryMeasure: (record: object) => void journalled.push(['deliveryMeasure', record]),
  } as unknown as JournalWriter;
  const pulses = new PulseBook();
  for (const sequence of sequences)
    pulses.add(insidePermit({ request: 100 + sequence }, { sequence }), sequence * millisecond);
  const counters = new Counters();
  const limits = testLimits();
  const path = new DeliveryPath({ pulses, monitor: new DeliveryMonitor(() => limits), journal, counters });
  return { path, counters, journalled };
}

describe('DeliveryPath', () => {
  it('journals and counts a pulse that was delivered as asked', () => {
    const { path, counters, journalled } = setUp(1);
    expect(path.isEmpty).toBe(false);
    const settled = path.take(deliveredAcknowledgement({ residualMillivolts: -7, limitsHash: { high: 11, low: 22 } }));
    expect(settled).toMatchObject({ pulse: { permit: { sequence: 1 }, sentNs: millisecond }, isDelivered: true });
    expect(settled.fault).toBeUndefined();
    expect(counters.deliveries).toBe(1);
    expect(path.isEmpty).toBe(true);
    expect(journalled).toEqual([
      [
        'delivery',
        {
          request: 101,
          sampleIndex: 40,
          receivedNs: 2,
          amplitudeNanoamps: 5000,
          sequence: 1,
          electrode: 3,
          outcome: 0,
        },
      ],
      [
        'deliveryMeasure',
        {
          request: 101,
          startMicroseconds: 1000,
          firstFemtocoulombs: -1_000_000,
          secondFemtocoulombs: 1_000_000,
          peakMillivolts: 250,
          isSaturated: 0,
          limitsHashHigh: 11,
          limitsHashLow: 22,
          residualMillivolts: -7,
          isNotMeasured: 0,
        },
      ],
    ]);
  });

  it('journals that nothing was measured, where the device measures nothing', () => {
    const { path, counters, journalled } = setUp(1);
    const settled = path.take(deliveredAcknowledgement({ firstFemtocoulombs: 0, isMeasured: false }));
    expect(settled).toMatchObject({ isDelivered: true, fault: undefined });
    expect(counters.deliveries).toBe(1);
    expect(journalled[1]).toMatchObject(['deliveryMeasure', { firstFemtocoulombs: 0, isNotMeasured: 1 }]);
  });

  it('S19: journals what the device refused with its own reason, counts no delivery and measures nothing', () => {
    for (const outcome of ['amplitude', 'wrong-limits', 'disconnected'] as const) {
      const { path, counters, journalled } = setUp(1);
      const settled = path.take(deliveredAcknowledgement({ outcome, firstFemtocoulombs: 0, isSaturated: true }));
      expect(settled).toMatchObject({ isDelivered: false, fault: { code: 'device-refused' } });
      expect(counters.deliveries).toBe(0);
      expect(journalled[0]).toMatchObject(['delivery', { outcome: pulseOutcomes.indexOf(outcome) }]);
      expect(journalled[1]).toMatchObject(['deliveryMeasure', { isSaturated: 1 }]);
    }
  });

  it('S19: journals nothing of a pulse that nobody waits for, and calls it a fault', () => {
    const { path, counters, journalled } = setUp(2);
    expect(path.take(deliveredAcknowledgement())).toMatchObject({
      pulse: undefined,
      isDelivered: false,
      fault: { code: 'wrong-acknowledgement' },
    });
    expect([journalled, counters.deliveries, path.isEmpty]).toEqual([[], 0, false]);
  });

  it('H04: judges what the device measured of a pulse that it says it delivered as asked', () => {
    const { path, counters } = setUp(1);
    const settled = path.take(deliveredAcknowledgement({ firstFemtocoulombs: -500_000 }));
    expect(settled).toMatchObject({ isDelivered: true, fault: { code: 'wrong-delivery', value: -0.5, bound: -1 } });
    expect(counters.deliveries).toBe(1);
  });

  it('S19: names the wrong answer before what was measured', () => {
    const { path } = setUp(1);
    const settled = path.take(deliveredAcknowledgement({ amplitudeNanoamps: 9000, firstFemtocoulombs: 0 }));
    expect(settled.fault).toMatchObject({ code: 'wrong-acknowledgement' });
  });

  it('S19: takes out a pulse that was not acknowledged in time, with the fault that this is', () => {
    const { path } = setUp(1, 2);
    expect(path.takeOverdue(100.999 * millisecond, 100 * millisecond)).toBeUndefined();
    expect(path.takeOverdue(101.5 * millisecond, 100 * millisecond)).toEqual({
      pulse: { permit: expect.objectContaining({ sequence: 1 }) as object, sentNs: millisecond },
      fault: {
        code: 'no-acknowledgement',
        message: 'Pulse 1 on electrode 3 was not acknowledged within 100 ms.',
        value: 100.5,
        bound: 100,
        unit: 'ms',
        electrode: 3,
      },
    });
    expect(path.takeOverdue(101.5 * millisecond, 100 * millisecond)).toBeUndefined();
    expect(path.isEmpty).toBe(false);
  });

  it('S19: an acknowledgement that comes after that is one that nobody waits for', () => {
    const { path, journalled } = setUp(1);
    path.takeOverdue(200 * millisecond, 100 * millisecond);
    expect(path.take(deliveredAcknowledgement())).toMatchObject({ fault: { code: 'wrong-acknowledgement' } });
    expect(journalled).toEqual([]);
  });
});
