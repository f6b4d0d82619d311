import { describe, expect, it } from 'vitest';
import type { Fields, Struct, StructValue } from '../../common/base/struct.ts';
import * as records from '../../common/journal/records.ts';
import { recordType } from '../../common/journal/records.ts';
import { type DeliveryMeasureRecord, visitRecord } from './record-visitor.ts';

const older = {
  request: 41,
  startMicroseconds: 1000,
  firstFemtocoulombs: -2_400_000,
  secondFemtocoulombs: 2_400_000,
  peakMillivolts: 840,
  isSaturated: 0,
  limitsHashHigh: 1,
  limitsHashLow: 0xffff_ffff,
};

/** What a reader is told of a measurement that was written so, cut or prolonged to this length. */
function read<F extends Fields>(layout: Struct<F>, value: StructValue<F>, length = layout.bytes) {
  const whole = new Uint8Array(Math.max(length, layout.bytes));
  layout.write(new DataView(whole.buffer), 0, value);
  const told: DeliveryMeasureRecord[] = [];
  const payload = whole.subarray(0, length);
  const frame = { type: recordType.deliveryMeasure, sequence: 7, hostNs: 0, payload, end: length };
  visitRecord(frame, { deliveryMeasure: (measure) => void told.push(measure) });
  return told;
}

describe('the measurement of a delivery', () => {
  it('has the residual voltage of its electrode, signed', () => {
    for (const residualMillivolts of [-2000, -51, 0, 50]) {
      const measure = { ...older, residualMillivolts, isNotMeasured: 0 };
      expect(read(records.deliveryMeasure, measure)).toEqual([measure]);
    }
  });

  it('has none that is known in a journal from before it was measured', () => {
    expect(read(records.deliveryMeasureWithoutResidual, older)).toEqual([
      { ...older, residualMillivolts: NaN, isNotMeasured: 0 },
    ]);
  });

  it('is read at no other length that is too short', () => {
    const { bytes } = records.deliveryMeasureWithoutResidual;
    for (const length of [0, bytes - 1, bytes + 1, records.deliveryMeasure.bytes - 1])
      expect(() => read(records.deliveryMeasureWithoutResidual, older, length)).toThrow('record 7 is shorter');
  });

  it('is laid out as before, with the residual voltage behind it: an older reader reads what it knows', () => {
    const bytes = new Uint8Array(records.deliveryMeasure.bytes);
    const view = new DataView(bytes.buffer);
    records.deliveryMeasure.write(view, 0, { ...older, residualMillivolts: -9, isNotMeasured: 0 });
    expect(records.deliveryMeasureWithoutResidual.read(view, 0)).toEqual(older);
  });
});
