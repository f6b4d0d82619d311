import { describe, expect, it } from 'vitest';
import { deliveredAcknowledgement } from '../hardware/acknowledgement.fixture.ts';
import { insidePermit } from '../interlock/limits.fixture.ts';
import { PulseBook } from './pulse-book.ts';

const answer = deliveredAcknowledgement();

function bookWith(...sequences: number[]): PulseBook {
  const book = new PulseBook();
  for (const sequence of sequences) book.add(insidePermit({}, { sequence }), sequence * 1e6);
  return book;
}

describe('PulseBook', () => {
  it('settles a pulse that was delivered as asked', () => {
    const book = bookWith(1);
    const settled = book.settle(answer);
    expect(settled.pulse?.permit.sequence).toBe(1);
    expect(settled.fault).toBeUndefined();
    expect(book.isEmpty).toBe(true);
  });

  it('S19: calls another amplitude, another electrode, an unknown number and a refusal faults', () => {
    expect(bookWith(1).settle({ ...answer, amplitudeNanoamps: 5001 }).fault).toMatchObject({
      code: 'wrong-acknowledgement',
      value: 5.001,
      bound: 5,
    });
    expect(bookWith(1).settle({ ...answer, electrode: 4 }).fault).toMatchObject({ code: 'wrong-acknowledgement' });
    expect(bookWith(2).settle(answer)).toMatchObject({ fault: { code: 'wrong-acknowledgement' } });
    expect(bookWith(1).settle({ ...answer, outcome: 'amplitude' }).fault).toMatchObject({ code: 'device-refused' });
  });

  it('hands out overdue pulses, the oldest first, and each once', () => {
    const book = bookWith(1, 2, 3);
    expect(book.takeOverdue(102e6, 100e6)?.permit.sequence).toBe(1);
    expect(book.takeOverdue(102e6, 100e6)?.permit.sequence).toBe(2);
    expect(book.takeOverdue(102e6, 100e6)).toBeUndefined();
    expect(book.isEmpty).toBe(false);
  });
});
