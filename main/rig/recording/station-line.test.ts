import { describe, expect, it } from 'vitest';
import { type OtherEnd, withOtherEnd } from '../message-line.fixture.ts';
import { StationLine } from './station-line.ts';
import type { FromStation, ToStation } from './station-messages.ts';

const withLine = (body: (line: StationLine, station: OtherEnd<ToStation, FromStation>) => Promise<void>) =>
  withOtherEnd((port) => new StationLine(port), body);

const usage = [{ electrode: 3, pulses: 2, chargeFemtocoulombs: 2_000_000 }];
const reservation = { pulses: 2000, chargePerPulse: { 3: 1_000_000 } };
const mark = { seq: 9, hash: 'a'.repeat(64) };

describe('StationLine', () => {
  it('H83: notes what nobody waits for, a trip so that it outlives a power cut, in the name of the rig or of whoever gave the command', () =>
    withLine(async (line, { sent, received }) => {
      line.note('command-refused', {});
      line.note('trip', { code: 'bad-frames', value: 3 }, 'Ada');
      await received(2);
      const trip = { event: 'trip', detail: { code: 'bad-frames', value: 3 }, actor: 'Ada' };
      expect(sent).toEqual([
        { kind: 'audit', id: 0, draft: { event: 'command-refused', detail: {}, actor: 'rig' }, isDurable: false },
        { kind: 'audit', id: 0, draft: trip, isDurable: true },
      ]);
    }));

  it('names the limits in force in every entry, as soon as there are some', () =>
    withLine(async (line, { sent, received, say }) => {
      line.limitsHash = 'b'.repeat(64);
      line.note('reset', {});
      const durable = line.noteDurably('arm-confirmed', { session: 7 });
      await received(2);
      expect(sent).toMatchObject([
        { draft: { limitsHash: 'b'.repeat(64) } },
        { draft: { limitsHash: 'b'.repeat(64) } },
      ]);
      await say({ kind: 'done', id: 1 });
      expect(await durable).toBeUndefined();
    }));

  it('H54: says that an entry is durable only when the other end has said so', () =>
    withLine(async (line, { sent, received, say }) => {
      let answer: string | undefined = 'not answered';
      const asked = line.noteDurably('arm-confirmed', { session: 7 }, 'Ada').then((problem) => (answer = problem));
      await received(1);
      const draft = { event: 'arm-confirmed', detail: { session: 7 }, actor: 'Ada' };
      expect(sent).toEqual([{ kind: 'audit', id: 1, draft, isDurable: true }]);
      await say({ kind: 'mark', mark });
      expect(answer).toBe('not answered');
      await say({ kind: 'done', id: 1 });
      await asked;
      expect(answer).toBeUndefined();
    }));

  it('gives each answer to whoever asked, in whatever order they come', () =>
    withLine(async (line, { sent, received, say }) => {
      const first = line.noteDurably('reset', {});
      const second = line.noteDurably('arm-requested', {});
      const third = line.settleDose(usage, reservation);
      await received(3);
      const ids = sent.map((message) => ('id' in message ? message.id : 0));
      expect(ids).toEqual([1, 2, 3]);
      await say(
        { kind: 'done', id: 3, problem: 'the third' },
        { kind: 'done', id: 1 },
        { kind: 'done', id: 2, problem: 'the second' },
      );
      expect(await Promise.all([first, second, third])).toEqual([undefined, 'the second', 'the third']);
    }));

  it('passes over an answer to what nobody asked, or that comes twice', () =>
    withLine(async (line, { say }) => {
      const asked = line.noteDurably('reset', {});
      await say({ kind: 'done', id: 99, problem: 'nobody hears this' }, { kind: 'done', id: 1 });
      await say({ kind: 'done', id: 1, problem: 'nor this' });
      expect(await asked).toBeUndefined();
    }));

  it('H77: asks what a probe was given in the last day', () =>
    withLine(async (line, { sent, received, say }) => {
      const earlier = [{ electrode: 3, pulses: 1000, chargeFemtocoulombs: 1e9, ageNs: 3.6e12 }];
      const asked = line.openDose('probe-1');
      await received(1);
      expect(sent).toEqual([{ kind: 'open-dose', id: 1, probe: 'probe-1' }]);
      await say({ kind: 'done', id: 1, earlier });
      expect(await asked).toEqual(earlier);
    }));

  it('H77: says why that is not known, whatever else the answer holds', () =>
    withLine(async (line, { say }) => {
      const asked = line.openDose('probe-1');
      await say({ kind: 'done', id: 1, problem: 'the dose ledger cannot be read', earlier: [] });
      expect(await asked).toBe('the dose ledger cannot be read');
    }));

  it('takes an answer without earlier doses for none', () =>
    withLine(async (line, { say }) => {
      const asked = line.openDose('probe-1');
      await say({ kind: 'done', id: 1 });
      expect(await asked).toEqual([]);
    }));

  it('H08: asks what is remembered of a device, and says what is new of it without waiting', () =>
    withLine(async (line, { sent, received, say }) => {
      const device = { impedancesOhms: [5000], isEmergencyStopTried: true };
      const asked = [line.openDevice('probe-1'), line.openDevice('probe-1'), line.openDevice('probe-1')];
      line.noteDevice({ isEmergencyStopTried: true });
      await received(4);
      expect(sent[0]).toEqual({ kind: 'open-device', id: 1, serial: 'probe-1' });
      expect(sent[3]).toEqual({ kind: 'note-device', id: 0, news: { isEmergencyStopTried: true } });
      await say({ kind: 'done', id: 1, device }, { kind: 'done', id: 2 }, { kind: 'done', id: 3, problem: 'damaged' });
      const unknown = { impedancesOhms: [], isEmergencyStopTried: false };
      expect(await Promise.all(asked)).toEqual([device, unknown, 'damaged']);
    }));

  it('H77: sends what was given, and what is set aside, or nothing', () =>
    withLine(async (line, { sent, received, say }) => {
      const reserved = line.settleDose(usage, reservation);
      const settled = line.settleDose(usage, undefined);
      await received(2);
      expect(sent).toEqual([
        { kind: 'settle-dose', id: 1, usage, reservation },
        { kind: 'settle-dose', id: 2, usage, reservation: undefined },
      ]);
      await say({ kind: 'done', id: 1 }, { kind: 'done', id: 2, problem: 'no space left on the disk' });
      expect(await reserved).toBeUndefined();
      expect(await settled).toBe('no space left on the disk');
    }));

  it('knows the newest entry of the log', () =>
    withLine(async (line, { say }) => {
      expect(line.mark).toBeUndefined();
      await say({ kind: 'mark', mark: { seq: 8, hash: 'c'.repeat(64) } }, { kind: 'mark', mark });
      expect(line.mark).toEqual(mark);
    }));

  it('tells of an entry that nobody waited for and that could not be written', () =>
    withLine(async (line, { say }) => {
      const failures: string[] = [];
      await say({ kind: 'failed', message: 'before anybody listened' });
      line.onFailure((message) => void failures.push(message));
      await say({ kind: 'failed', message: 'no space left on the disk' });
      expect(failures).toEqual(['no space left on the disk']);
    }));

  it('H54: answers every question that is open, and every later one, when the recorder thread has ended', () =>
    withLine(async (line, { close }) => {
      const problem = 'the recorder thread has ended';
      const open = [line.noteDurably('reset', {}), line.settleDose([], undefined), line.openDose('probe-1')];
      await close();
      expect(await Promise.all(open)).toEqual([problem, problem, problem]);
      expect(await line.noteDurably('arm-confirmed', {})).toBe(problem);
      expect(await line.openDose('probe-1')).toBe(problem);
    }));

  it('tells the other end when it is to end', () =>
    withLine(async (line, { sent, received }) => {
      line.end();
      await received(1);
      expect(sent).toEqual([{ kind: 'end' }]);
    }));
});
