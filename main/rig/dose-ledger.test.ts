import { describe, expect, it } from 'vitest';
import type { Fault } from '../../common/contract/faults.ts';
import type { DoseReservation, DoseUsage } from '../../common/limits/dose-ledger.ts';
import { DoseLedger } from './dose-ledger.ts';
import { Dose } from './interlock/dose.ts';
import { testLimits } from './interlock/limits.fixture.ts';

const pulse = { durationNs: 450_000, chargeFemtocoulombs: 1_000_000, amplitudeNanoamps: 5000, picojoules: 500 };

interface Asked {
  usage: readonly DoseUsage[];
  reservation: DoseReservation | undefined;
}

/** The ledger over a real dose; the recorder thread is the test, which answers at once unless it is told to wait. */
function setUp({ isFollowed = true, answersAtOnce = true } = {}) {
  const asked: Asked[] = [];
  const faults: Fault[] = [];
  const waiting: ((problem: string | undefined) => void)[] = [];
  let problem: string | undefined;
  let limits = testLimits();
  const dose = new Dose(limits, 0);
  const service = {
    settleDose(usage: readonly DoseUsage[], reservation: DoseReservation | undefined) {
      asked.push({ usage, reservation });
      return answersAtOnce
        ? Promise.resolve(problem)
        : new Promise<string | undefined>((resolve) => waiting.push(resolve));
    },
  };
  const earlier = [{ electrode: 3, pulses: 5, chargeFemtocoulombs: 5e6, ageNs: 1e12 }];
  const ledger = new DoseLedger(
    earlier,
    service,
    () => limits,
    (fault) => void faults.push(fault),
  );
  if (isFollowed) ledger.follow(dose);
  let nowNs = 0;
  return {
    asked,
    faults,
    dose,
    ledger,
    earlier,
    give(count: number, electrode = 3) {
      for (let given = 0; given < count; given++) dose.add(electrode, (nowNs += 1e9), pulse);
    },
    fail: (words: string | undefined) => void (problem = words),
    /** Answers the oldest question that is open. */
    answer: (words?: string) => waiting.shift()!(words),
    tighten: (change: Parameters<typeof testLimits>[0]) => void (limits = testLimits(change)),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

const reserved = { pulses: 2000, chargePerPulse: { 3: 2_000_000, 7: 2_000_000 } };

describe('DoseLedger', () => {
  it('H77: lets no pulse be given before it is set aside', async () => {
    const { ledger, dose } = setUp({ answersAtOnce: false });
    expect(dose.isNextReserved).toBe(false);
    void ledger.reserve();
    expect(dose.isNextReserved).toBe(false);
  });

  it('H77: sets 2000 pulses of every electrode aside, each of the largest charge that is allowed', async () => {
    const { ledger, dose, asked } = setUp();
    expect(await ledger.reserve()).toBeUndefined();
    expect(asked).toEqual([{ usage: [], reservation: reserved }]);
    expect(dose.reservedLeft).toBe(2000);
  });

  it('reserves by the limits that hold now', async () => {
    const { ledger, asked, tighten } = setUp();
    tighten({ electrodes: [7], electrode: { chargePerPhaseMaxFemtocoulombs: 1_500_000 } });
    await ledger.reserve();
    expect(asked[0]!.reservation).toEqual({ pulses: 2000, chargePerPulse: { 7: 1_500_000 } });
  });

  it('H77: says why nothing could be set aside, and then no pulse is', async () => {
    const { ledger, dose, fail } = setUp();
    fail('no space left on the disk');
    expect(await ledger.reserve()).toBe('the dose ledger cannot be written: no space left on the disk');
    expect(dose.isNextReserved).toBe(false);
    fail(undefined);
    expect(await ledger.reserve()).toBeUndefined();
    expect(dose.reservedLeft).toBe(2000);
  });

  it('asks for more when half of the reservation is used by one electrode, with what was given since', async () => {
    const { ledger, dose, asked, give, settled } = setUp();
    await ledger.reserve();
    give(999);
    give(500, 7);
    ledger.keep();
    expect(asked.length).toBe(1);
    give(1);
    ledger.keep();
    expect(asked[1]).toEqual({
      usage: [
        { electrode: 3, pulses: 1000, chargeFemtocoulombs: 1e9 },
        { electrode: 7, pulses: 500, chargeFemtocoulombs: 0.5e9 },
      ],
      reservation: reserved,
    });
    await settled();
    expect(dose.reservedLeft).toBe(2000);
  });

  it('H77: what is left of a reservation holds until the next one is durable, and no pulse more', async () => {
    const { ledger, dose, give, answer, settled } = setUp({ answersAtOnce: false });
    const first = ledger.reserve();
    answer();
    await first;
    give(1200);
    ledger.keep();
    expect(dose.reservedLeft).toBe(800);
    give(799);
    expect(dose.isNextReserved).toBe(true);
    give(1);
    expect(dose.isNextReserved).toBe(false);
    answer();
    await settled();
    // What was given meanwhile is not settled yet and counts against the new one.
    expect(dose.reservedLeft).toBe(1200);
  });

  it('asks one question at a time', async () => {
    const { ledger, asked, give, answer, settled } = setUp({ answersAtOnce: false });
    const first = ledger.reserve();
    expect(await ledger.reserve()).toBeUndefined();
    ledger.keep();
    expect(asked.length).toBe(1);
    answer();
    await first;
    give(1000);
    for (let turn = 0; turn < 5; turn++) ledger.keep();
    expect(asked.length).toBe(2);
    answer();
    await settled();
    ledger.keep();
    expect(asked.length).toBe(2);
  });

  it('H77: raises one fault when no more can be set aside, and asks again only at the next arming', async () => {
    const { ledger, faults, asked, give, fail, settled } = setUp();
    await ledger.reserve();
    give(1000);
    fail('no space left on the disk');
    for (let turn = 0; turn < 5; turn++) {
      ledger.keep();
      await settled();
    }
    expect(faults).toEqual([
      { code: 'dose-ledger', message: 'the dose ledger cannot be written: no space left on the disk' },
    ]);
    expect(asked.length).toBe(2);
    fail(undefined);
    expect(await ledger.reserve()).toBeUndefined();
    give(1000);
    ledger.keep();
    expect(asked.length).toBe(4);
    await settled();
    expect(faults.length).toBe(1);
  });

  it('asks for nothing before the first arming', () => {
    const { ledger, asked } = setUp();
    ledger.keep();
    ledger.settle();
    expect(asked).toEqual([]);
  });

  it('H77: settles what was given when nothing is stimulated any more, once, and sets nothing aside', async () => {
    const { ledger, asked, give, settled } = setUp();
    await ledger.reserve();
    give(3);
    ledger.settle();
    ledger.settle();
    ledger.keep();
    await settled();
    expect(asked.slice(1)).toEqual([
      { usage: [{ electrode: 3, pulses: 3, chargeFemtocoulombs: 3e6 }], reservation: undefined },
    ]);
  });

  it('does nothing before it knows the dose that it keeps, and holds what the probe was given before', async () => {
    const { ledger, asked, earlier } = setUp({ isFollowed: false });
    expect(ledger.earlier).toBe(earlier);
    expect(await ledger.reserve()).toBeUndefined();
    ledger.keep();
    ledger.settle();
    expect(asked).toEqual([]);
  });
});
