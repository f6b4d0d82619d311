import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../common/base/disposable.ts';
import type { InterlockState } from '../../common/contract/interlock-states.ts';
import { armingBench, type DeviceFailings } from './arming.fixture.ts';
import type { ConnectedRig } from './connected-rig.ts';
import { checkLoopBack, measureConnected } from './rig-checks.ts';

let owner: DisposableStore;
beforeEach(() => (owner = new DisposableStore()));
afterEach(() => owner.dispose());

/** A rig in which the interlock only keeps its state. */
function setUp({
  state = 'safe' as InterlockState,
  failings = {} as DeviceFailings,
  auditProblem = undefined as string | undefined,
} = {}) {
  const { rig, context, pulses, orders } = armingBench(owner, failings);
  const record = { state, session: 0, enteredNs: 0 };
  Object.assign(rig.chain, {
    interlock: {
      record,
      get state() {
        return record.state;
      },
      firstCause: state === 'tripped' ? { code: 'late-tick', message: 'late' } : undefined,
    },
  });
  Object.assign(rig, {
    apply({ kind }: { kind: string }) {
      record.state = kind === 'arm-requested' ? 'check' : 'safe';
      return true;
    },
  });
  const noted: unknown[] = [];
  const station = {
    noteDurably: (...entry: unknown[]) => {
      noted.push(entry);
      return Promise.resolve(auditProblem);
    },
  };
  const test = (electrode = 2, pulses = 12, of: ConnectedRig | undefined = rig) =>
    checkLoopBack(of, { electrode, pulses }, { ...context, station }, 'Ada');
  return { rig, test, pulses, orders, noted };
}

describe('loop-back', () => {
  it('is logged before the output is turned on, and sends small pulses to the electrode with the relay open', async () => {
    const { test, pulses, orders, noted } = setUp();
    const outcome = await test();
    expect(outcome).toMatchObject({
      answer: { electrode: 2, sent: 12, unanswered: 0, refused: {}, limitMilliseconds: 5 },
    });
    expect(noted).toEqual([['arm-requested', { purpose: 'loop-back test' }, 'Ada']]);
    expect(pulses).toHaveLength(12);
    for (const pulse of pulses) expect(pulse).toMatchObject({ electrode: 2, amplitudeNanoamps: 1000 });
    expect(orders.length).toBeGreaterThan(0);
    for (const { isDry } of orders) expect(isDry).toBe(true);
  });

  it('turns nothing on when the log cannot be written', async () => {
    const { test, orders } = setUp({ auditProblem: 'the disk is full' });
    expect(await test()).toMatchObject({ refusal: { what: expect.stringContaining('the disk is full') as unknown } });
    expect(orders).toEqual([]);
  });

  it('begins a new lease long before the one before is over, and at once when one has run out', async () => {
    const steady = setUp();
    expect(await steady.test(2, 200)).toMatchObject({ answer: { sent: 200, unanswered: 0, refused: {} } });
    // 200 pulses last more than a second; a lease has half a second, and half of it is used.
    expect(steady.orders.length).toBeGreaterThanOrEqual(5);
    const short = setUp({ failings: { leaseMilliseconds: 40 } });
    expect((await short.test()) as object).toMatchObject({ answer: { sent: 12, unanswered: 0, refused: {} } });
    expect(short.orders.length).toBeGreaterThan(1);
  });

  it('counts what is not answered and what is refused', async () => {
    const answers = ({ sequence }: { sequence: number }) =>
      sequence === 3 ? undefined : sequence === 4 ? ('rate' as const) : ('delivered' as const);
    const outcome = await setUp({ failings: { outcome: answers } }).test();
    const { answer } = outcome as {
      answer: { sent: number; milliseconds: number[]; unanswered: number; refused: object };
    };
    expect(answer.unanswered).toBeGreaterThan(0);
    expect(answer.refused).toHaveProperty('rate');
    expect(answer.sent).toBe(12);
    expect(answer.milliseconds.length).toBeLessThan(12);
  });

  it('ends when the device does not say that its relay is open', async () => {
    const { test, pulses } = setUp({ failings: { isWet: true } });
    expect(await test()).toMatchObject({ answer: { sent: 0, endedEarly: expect.any(String) as unknown } });
    expect(pulses).toEqual([]);
  });
});

describe('both checks', () => {
  it.each(['check', 'prearmed', 'armed', 'stimulating', 'stopping', 'tripped', 'fault'] as const)(
    'are refused in the state %s',
    async (state) => {
      const { rig, test, orders, noted } = setUp({ state });
      for (const outcome of [await test(), await measureConnected(rig)])
        expect(outcome).toMatchObject({ refusal: { code: 'not-now', what: `the rig is ${state}` } });
      expect([orders, noted]).toEqual([[], []]);
    },
  );

  it('are refused without a rig, without a stimulator, while one records and when the source is gone', async () => {
    const { rig, test } = setUp();
    for (const outcome of [
      await checkLoopBack(undefined, { electrode: 0, pulses: 10 }, {} as never, ''),
      await measureConnected(undefined),
    ])
      expect(outcome).toMatchObject({ refusal: { what: 'no source is connected' } });
    const { identity } = rig.connections.writer;
    const asks = async () => [await test(), await measureConnected(rig)];
    Object.assign(identity, { canStimulate: false });
    for (const outcome of await asks())
      expect(outcome).toMatchObject({
        refusal: { what: expect.stringContaining('nothing is connected that stimulates') as unknown },
      });
    Object.assign(identity, { canStimulate: true });
    Object.assign(rig, { run: {} });
    for (const outcome of await asks()) expect(outcome).toMatchObject({ refusal: { what: 'a recording is running' } });
    Object.assign(rig, { run: undefined, sourceClosedReason: 'unplugged' });
    for (const outcome of await asks()) expect(outcome).toMatchObject({ refusal: { what: 'the source is gone' } });
  });

  it('refuse an electrode that the stimulator does not have', async () => {
    expect(await setUp().test(8)).toMatchObject({ refusal: { what: 'the stimulator has no electrode 8' } });
  });
});

describe('impedances', () => {
  it('are those of the self-test, judged, kept for the next recording and not for the next arming', async () => {
    const { rig } = setUp({ failings: { report: { impedancesOhms: [100, 50_000] } } });
    const before = rig.history.impedancesOhms;
    expect(await measureConnected(rig)).toMatchObject({
      answer: {
        frequencyHz: 1000,
        electrodes: [
          { electrode: 0, ohms: 100 },
          { electrode: 1, ohms: 50_000 },
        ],
      },
    });
    expect(rig.impedances?.electrodes.map(({ ohms }) => ohms)).toEqual([100, 50_000]);
    expect(rig.history.impedancesOhms).toBe(before);
  });

  it('of a stimulator that does not answer are a failure in words', async () => {
    const { rig } = setUp({ failings: { report: new Error('no answer.') } });
    expect(await measureConnected(rig)).toMatchObject({
      refusal: { code: 'failed', what: 'the stimulator does not measure: no answer' },
    });
    expect(rig.impedances).toBeUndefined();
  });
});
