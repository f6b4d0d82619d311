import { describe, expect, it } from 'vitest';
import { deviceReport, playedLine, statusFrame, statusReports, stopFrame } from './hid-line.fixture.ts';
import { framesMax } from './hid-line.ts';
import { firstSamplesOf, missingBetween, samplesPerReport, samplingBoard } from './sampling-board.fixture.ts';

describe('a line over HID reports', () => {
  it('cuts frames into numbered reports and puts those of the device together', async () => {
    const { line, written, frames, arrive, settled } = playedLine();
    line.open('control');
    line.send('control', statusFrame);
    line.close('control');
    await settled();
    expect(written.map(({ kind, sequence, isFirst, isLast }) => [kind, sequence, isFirst, isLast])).toEqual([
      ['fragment', 0, true, false],
      ['fragment', 1, false, true],
      ['goodbye', 2, true, true],
    ]);
    line.open('watchdog');
    for (const report of statusReports(0, { channel: 'watchdog' })) arrive(report);
    expect(frames).toEqual([{ role: 'watchdog', frame: statusFrame }]);
  });

  it('counts reports that are lost, repeated, late and damaged, and uses no frame with a hole', () => {
    const { line, frames, arrive } = playedLine();
    line.open('control');
    const [first, second] = statusReports(0) as [Uint8Array, Uint8Array];
    arrive(first);
    arrive(first);
    arrive(second);
    expect(frames).toHaveLength(1);
    const [, fourth] = statusReports(2) as [Uint8Array, Uint8Array];
    arrive(fourth);
    for (const report of statusReports(4)) arrive(report);
    arrive(first);
    arrive(first.with(9, 1));
    expect(frames).toHaveLength(2);
    expect(line.counts).toMatchObject({ received: 5, lost: 1, repeated: 1, late: 1, damaged: 1, brokenFrames: 1 });
  });

  it('gives up a frame whose end never comes, and keeps its counts when its connection closes', () => {
    const { line, frames, arrive } = playedLine();
    line.open('control');
    arrive(statusReports(0)[0]!);
    for (const report of statusReports(1)) arrive(report);
    arrive(statusReports(3)[0]!);
    for (const report of statusReports(5)) arrive(report);
    expect(frames).toHaveLength(2);
    line.close('control');
    expect(line.counts).toMatchObject({ received: 6, lost: 1, brokenFrames: 2 });
  });

  it('hears nothing of other programs, and of what is no report', () => {
    const { line, frames, arrive } = playedLine();
    line.open('control');
    for (const report of statusReports(0, { connection: 8 })) arrive(report);
    for (const report of statusReports(0, { channel: 'data' })) arrive(report);
    arrive(new Uint8Array(65).fill(7).with(0, 1));
    expect(frames).toEqual([]);
    expect(line.counts).toMatchObject({ received: 0, lost: 0, damaged: 1 });
  });

  it('H18: ends at the fourth damaged report within a second', () => {
    const damaged = statusReports(0)[0]!.with(40, 1);
    const { line, faults, arrive, clock } = playedLine();
    line.open('control');
    for (let round = 0; round < 3; round++) {
      arrive(damaged);
      clock.advanceMilliseconds(400);
    }
    arrive(damaged);
    expect(faults).toEqual([]);
    for (let round = 0; round < 3; round++) arrive(damaged);
    expect(faults).toMatchObject([{ code: 'damaged-reports' }]);
  });

  it('H24: ends when more reports come than USB carries, whatever is in them', () => {
    const { line, faults, arrive, clock } = playedLine();
    line.open('control');
    const report = statusReports(0)[0]!;
    for (let count = 0; count < 25_000; count++) arrive(report);
    clock.advanceMilliseconds(1000);
    for (let count = 0; count < 25_000; count++) arrive(report);
    expect(faults).toEqual([]);
    arrive(report);
    arrive(report);
    expect(faults).toMatchObject([{ code: 'flooded' }]);
  });

  it('is drained when all that was handed over is written, or when it has ended', async () => {
    const { line, stick, settle, settled, written, lose } = playedLine();
    await line.drained();
    line.open('control');
    stick();
    line.send('control', stopFrame);
    line.close('control');
    let isDrained = false;
    void line.drained().then(() => (isDrained = true));
    settle();
    await settled();
    expect([written.length, isDrained]).toEqual([2, false]);
    settle();
    await settled();
    expect(isDrained).toBe(true);
    line.open('control');
    line.send('control', stopFrame);
    const ended = line.drained();
    lose('gone');
    await ended;
  });

  it('H15: ends when the system does not take a report, however long it would wait', async () => {
    const { line, faults, clock, stick, settle, settled, written } = playedLine();
    line.open('control');
    stick();
    line.send('control', statusFrame);
    clock.advanceMilliseconds(49);
    line.check();
    expect(faults).toEqual([]);
    clock.advanceMilliseconds(1);
    line.check();
    line.check();
    expect(faults).toMatchObject([{ code: 'write-stalled', message: expect.stringContaining('50 ms') as string }]);
    settle();
    await settled();
    expect(written).toHaveLength(1);
  });

  it.each([
    ['H24: names the flood, and not the report that a flooding board does not take', 1251, 'flooded'],
    [
      'H15: names the report that a board does not take while it sends as fast as its line carries',
      1250,
      'write-stalled',
    ],
  ])('%s', (_, reportsMeanwhile, code) => {
    const { line, faults, arrive, clock, stick } = playedLine();
    line.open('control');
    const report = statusReports(0)[0]!;
    for (let count = 0; count < 1250; count++) arrive(report);
    stick();
    line.send('control', statusFrame);
    for (let count = 0; count < reportsMeanwhile; count++) arrive(report);
    clock.advanceMilliseconds(50);
    line.check();
    expect(faults).toMatchObject([{ code }]);
  });

  it('H16: goes on when a report is taken slowly, each within its time', async () => {
    const { line, faults, clock, stick, settle, settled, written } = playedLine();
    line.open('control');
    stick();
    line.send('control', statusFrame);
    for (let report = 0; report < 2; report++) {
      clock.advanceMilliseconds(49);
      line.check();
      settle();
      await settled();
    }
    line.send('control', stopFrame);
    expect(written).toHaveLength(3);
    expect(faults).toEqual([]);
  });

  it('H24: ends when more messages wait than a healthy line has; a stop goes before all of them', async () => {
    const { line, faults, stick, settle, settled, written } = playedLine();
    line.open('control');
    stick();
    line.send('control', stopFrame);
    for (let count = 0; count < framesMax; count++) line.send('control', statusFrame);
    line.send('control', stopFrame);
    expect(faults).toEqual([]);
    settle();
    await settled();
    expect(written[1]?.payload[4]).toBe(stopFrame[4]);
    line.send('control', statusFrame);
    expect(faults).toMatchObject([{ code: 'hand-over-full' }]);
  });

  it('H14: says that the plug is out, or that the system refuses a report, once', async () => {
    const gone = playedLine();
    gone.lose('could not read from HID device');
    gone.lose('device has been closed');
    expect(gone.faults).toMatchObject([{ code: 'unplugged' }]);
    expect(gone.isClosed).toBe(true);
    gone.line.open('control');
    gone.line.send('control', statusFrame);
    gone.line.close('control');
    expect(gone.written).toEqual([]);
    const refusing = playedLine();
    refusing.line.open('control');
    refusing.stick();
    refusing.line.send('control', statusFrame);
    refusing.settle(new Error('cannot write'));
    await refusing.settled();
    expect(refusing.faults).toMatchObject([
      { code: 'write-failed', message: expect.stringContaining('cannot write') as string },
    ]);
  });

  it('H30: every report of samples that was lost is counted, however long nothing came, and what comes then is used', () => {
    const { line, frames, arrive } = playedLine();
    line.open('data');
    const board = samplingBoard(arrive, { samplesPerBlock: 4 });
    const lostReports = [5, 40_000, 65_536, 100_001];
    for (const lost of [0, ...lostReports]) {
      board.lose(lost);
      board.send(6);
    }
    const sum = lostReports.reduce((total, lost) => total + lost, 0);
    const received = board.identityReports + 30;
    expect(line.counts).toMatchObject({ received, lost: sum, lostOfSamples: sum, late: 0 });
    const missing = missingBetween(firstSamplesOf(frames), 4);
    expect(missing).toBe(samplesPerReport * sum + line.counts.samplesBesideGaps);
    line.close('data');
    expect(line.counts).toMatchObject({ lostOfSamples: sum });
  });

  it('counts samples that come before the device has said what it is', () => {
    const { line, arrive } = playedLine();
    line.open('data');
    arrive(deviceReport({ kind: 'samples', channel: 'data' }, new Uint8Array(20)));
    expect(line.counts.unreadableSamples).toBe(1);
  });
});
