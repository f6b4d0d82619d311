import { describe, expect, it } from 'vitest';
import type { FromHid } from './hid-messages.ts';
import { HidUser } from './hid-user.ts';
import { HandOver, takenAtOnce } from './hand-over.ts';
import { playedLine, statusReports } from './hid-line.fixture.ts';
import { firstSamplesOf, missingBetween, samplesPerReport, samplingBoard } from './sampling-board.fixture.ts';

/** One block for each report, 2 ms long: a thousand of them are two seconds. */
const fast = { sampleRateHz: 1000, samplesPerBlock: samplesPerReport };
const blocksMax = 1000;

/** A line with two connections whose frames nobody takes. */
function untaken(identity = fast) {
  const played = playedLine();
  played.line.open('data');
  played.line.open('control');
  const board = samplingBoard(played.arrive, identity);
  let sequence = 0;
  return {
    ...played,
    board,
    sendStatuses(count: number): void {
      for (let sent = 0; sent < count; sent++, sequence += 2)
        for (const report of statusReports(sequence)) played.arrive(report);
    },
  };
}

describe('what waits for the user of a HID rig', () => {
  it.each([
    [0.001, 2000],
    [0.002, 1000],
    [0.1, 256],
    [0.000_01, 4096],
  ])('is two seconds of blocks of %f s, within bounds that no board can move', (seconds, blocks) => {
    const handOver = new HandOver();
    handOver.setBlockLength(seconds);
    for (let count = 0; count < blocks; count++) {
      expect(handOver.hasRoomForBlock).toBe(true);
      handOver.add();
    }
    expect(handOver.hasRoomForBlock).toBe(false);
    expect(handOver.messagesMax).toBe(2 * blocks);
    handOver.take(1);
    expect(handOver.hasRoomForBlock).toBe(true);
  });

  it('H30: blocks that come when it is full are dropped and counted, and the next one tells of them by its number', () => {
    const { line, frames, faults, handOver, board } = untaken();
    board.send(5 * blocksMax);
    // The identity and the first state of the digital inputs wait too.
    const handedOver = blocksMax - 2;
    expect(firstSamplesOf(frames)).toHaveLength(handedOver);
    expect(handOver.waiting).toBe(blocksMax);
    const dropped = 5 * blocksMax - handedOver;
    expect(line.counts).toMatchObject({ samplesNotTaken: dropped * samplesPerReport, lost: 0, samplesBesideGaps: 0 });
    handOver.take(takenAtOnce);
    board.send(2 * takenAtOnce);
    const blocks = firstSamplesOf(frames);
    expect(blocks).toHaveLength(handedOver + takenAtOnce);
    expect(missingBetween(blocks, samplesPerReport)).toBe(dropped * samplesPerReport);
    handOver.take(handOver.waiting);
    board.send(blocksMax);
    const { samplesNotTaken } = line.counts;
    expect(samplesNotTaken).toBe((dropped + takenAtOnce) * samplesPerReport);
    expect(missingBetween(firstSamplesOf(frames), samplesPerReport)).toBe(samplesNotTaken);
    expect(faults).toEqual([]);
  });

  it('H24: nothing but blocks is ever dropped: what goes on filling it ends the line, and nothing comes after that', () => {
    const { line, frames, faults, board, sendStatuses } = untaken();
    board.send(2 * blocksMax);
    frames.length = 0;
    sendStatuses(blocksMax);
    expect(frames).toHaveLength(blocksMax);
    expect(faults).toEqual([]);
    sendStatuses(1);
    expect(faults).toMatchObject([{ code: 'hand-over-full' }]);
    sendStatuses(1);
    board.send(1);
    expect(frames).toHaveLength(blocksMax);
    expect(line.counts.damaged).toBe(0);
  });

  it('changes of digital inputs wait in it, and are not dropped either', () => {
    const { line, faults, board, handOver } = untaken();
    const changes: number[] = [];
    line.onDigitalInputs(({ sample }) => changes.push(sample));
    for (let report = 0; report < blocksMax; report++) board.send(1, report % 2);
    expect(changes).toHaveLength(blocksMax);
    expect(handOver.waiting).toBeGreaterThan(blocksMax);
    for (let report = 0; report < blocksMax; report++) board.send(1, report % 2);
    expect(faults).toMatchObject([{ code: 'hand-over-full' }]);
    expect(handOver.waiting).toBe(handOver.messagesMax);
  });

  it('is told of by the user, after every 32 messages that it has taken', () => {
    const told: unknown[] = [];
    let arrive: (message: FromHid) => void = () => {};
    const user = new HidUser({
      postMessage: (message) => told.push(message),
      on: (event: string, listener: (message: FromHid) => void) => event === 'message' && (arrive = listener),
    });
    const frame = { kind: 'frame', role: 'data', frame: new Uint8Array(5) } as const;
    for (let count = 1; count < takenAtOnce; count++) arrive(frame);
    arrive({ kind: 'taken', role: 'data' });
    expect(told).toEqual([]);
    arrive({ kind: 'digital-inputs', sample: 1, lines: 1, known: 1 });
    expect(told).toEqual([{ kind: 'messages-taken', messages: takenAtOnce }]);
    for (let count = 0; count < takenAtOnce; count++) arrive(frame);
    expect(told).toHaveLength(2);
    user.dispose();
  });
});
