import { expect, it } from 'vitest';
import type { ClockSyncStatus } from '../../common/contract/clock-sync.ts';
import { recordType } from '../../common/journal/records.ts';
import { ClockSyncRecord } from './clock-sync-record.ts';

function bench() {
  const written: [number, object][] = [];
  const journal = { isOpen: true, json: (type: number, document: object) => void written.push([type, document]) };
  const world = { status: { isAligned: true } as ClockSyncStatus };
  const record = new ClockSyncRecord({ status: () => world.status }, journal);
  let now = 0;
  return {
    journal,
    world,
    written,
    look(seconds: number) {
      for (const end = now + seconds * 1000; now < end; now += 5) record.look(now * 1e6);
    },
  };
}

it('writes how the clocks run at the beginning and every ten seconds', () => {
  const { look, written } = bench();
  look(25);
  expect(written).toEqual(Array(3).fill([recordType.clockSync, { isAligned: true }]));
});

it('writes each change at once', () => {
  const { look, world, written } = bench();
  look(1);
  world.status = { isAligned: false, problem: 'the wire' };
  look(1);
  expect(written.map(([, document]) => document)).toEqual([{ isAligned: true }, world.status]);
});

it('writes anew at the beginning of each recording, and nothing between them', () => {
  const { look, journal, written } = bench();
  look(1);
  journal.isOpen = false;
  look(20);
  expect(written).toHaveLength(1);
  journal.isOpen = true;
  look(1);
  expect(written).toHaveLength(2);
});
