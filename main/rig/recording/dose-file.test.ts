import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DoseFile } from './dose-file.ts';

const minute = 60_000;
const hour = 60 * minute;
const hourNs = 3.6e12;
const probe = 'probe-1';

let folder: string;
/** Wall clock. */
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exocortex-dose-'));
  now = 490_000 * hour + 10 * minute;
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What a program finds that starts now. */
const open = (serial = probe) => new DoseFile(folder, serial, () => now);
const ledgerPath = join('dose', `${probe}.json`);
const written = () => JSON.parse(readFileSync(join(folder, ledgerPath), 'utf8')) as unknown;
const pulses = (electrode: number, count: number) => ({ electrode, pulses: count, chargeFemtocoulombs: count * 1e6 });
const reservation = { pulses: 2000, chargePerPulse: { 3: 2_000_000, 7: 500_000 } };

describe('S37: DoseFile', () => {
  it('knows of nothing that was given by a probe that is new here', () => {
    expect(open().earlier).toEqual([]);
    expect(readdirSync(join(folder, 'dose'))).toEqual([]);
  });

  it('H77: what was given is known to the next program', () => {
    const first = open();
    first.settle([pulses(3, 10), pulses(7, 1)], undefined);
    first.settle([pulses(3, 5)], undefined);
    expect(open().earlier).toEqual([
      { ...pulses(3, 15), ageNs: 0 },
      { ...pulses(7, 1), ageNs: 0 },
    ]);
  });

  it('H77: all that was set aside counts as given after a kill, beside what was settled', () => {
    const killed = open();
    killed.settle([pulses(3, 10)], reservation);
    expect(open().earlier).toEqual([
      { electrode: 3, pulses: 2010, chargeFemtocoulombs: 10e6 + 2000 * 2e6, ageNs: 0 },
      { electrode: 7, pulses: 2000, chargeFemtocoulombs: 2000 * 0.5e6, ageNs: 0 },
    ]);
  });

  it('H77: what was set aside counts once, however often the program starts', () => {
    open().settle([], reservation);
    const counted = open().earlier;
    expect(counted).toMatchObject([{ pulses: 2000 }, { pulses: 2000 }]);
    expect(open().earlier).toEqual(counted);
    expect(written()).not.toHaveProperty('open');
  });

  it('H77: what was set aside counts at the hour in which it was, not at the start that finds it', () => {
    open().settle([], reservation);
    now += 3 * hour;
    expect(open().earlier).toMatchObject([{ ageNs: 2 * hourNs + 10 * minute * 1e6 }, {}]);
    now += 22 * hour;
    expect(open().earlier).toEqual([]);
  });

  it('H77: a reservation takes the place of the one before; what was given instead of it is settled with it', () => {
    const killed = open();
    killed.settle([], { pulses: 2000, chargePerPulse: { 3: 2_000_000 } });
    killed.settle([pulses(3, 900)], { pulses: 100, chargePerPulse: { 3: 1_000_000 } });
    expect(open().earlier).toEqual([{ ...pulses(3, 1000), ageNs: 0 }]);
  });

  it('H77: nothing is set aside any more when a program has ended orderly', () => {
    const ended = open();
    ended.settle([], reservation);
    ended.settle([pulses(3, 2)], undefined);
    expect(open().earlier).toEqual([{ ...pulses(3, 2), ageNs: 0 }]);
  });

  it('H77: keeps each hour for 24 h after its end, and forgets it then', () => {
    open().settle([pulses(3, 10)], undefined);
    const ages: [number, number | undefined][] = [
      [0, 0],
      [49 * minute, 0],
      [50 * minute, 0],
      [50 * minute + 1, 1e6],
      [51 * minute, minute * 1e6],
      [24 * hour + 50 * minute - 1, 24 * hourNs - 1e6],
      [24 * hour + 50 * minute, undefined],
      [48 * hour, undefined],
    ];
    const given = now;
    for (const [passed, ageNs] of ages) {
      now = given + passed;
      expect(open().earlier.map((dose) => dose.ageNs)).toEqual(ageNs === undefined ? [] : [ageNs]);
    }
  });

  it('forgets on disk as well, at the next hour that is written', () => {
    const file = open();
    file.settle([pulses(3, 10)], undefined);
    now += 25 * hour;
    file.settle([pulses(7, 1)], undefined);
    expect(written()).toEqual({
      format: 'exocortex-dose/1',
      probe,
      hours: [{ hour: 490_025, electrodes: { 7: { pulses: 1, chargeFemtocoulombs: 1e6 } } }],
    });
  });

  it('lists what was given from the oldest hour to the newest, also when the clock was set back between', () => {
    const file = open();
    file.settle([pulses(3, 1)], undefined);
    now -= 5 * hour;
    file.settle([pulses(3, 2)], undefined);
    now += 10 * hour;
    file.settle([pulses(3, 3)], undefined);
    expect(file.earlier.map((dose) => dose.pulses)).toEqual([2, 1, 3]);
  });

  it('H46: takes nothing but the hour from the wall clock; one that is set back makes a dose younger, not forgotten', () => {
    open().settle([pulses(3, 10)], undefined);
    for (const back of [minute, hour, 365 * 24 * hour]) {
      now = 490_000 * hour + 10 * minute - back;
      expect(open().earlier).toEqual([{ ...pulses(3, 10), ageNs: 0 }]);
    }
  });

  it('H77: keeps a ledger for each probe, whatever its serial number looks like', () => {
    const serials = ['a', 'b', '..', '../a', '.', 'a/b', 'a\\b', 'ä µ', '%2E', 'a.json'];
    for (const [index, serial] of serials.entries()) open(serial).settle([pulses(3, index + 1)], undefined);
    expect(serials.map((serial) => open(serial).earlier[0]?.pulses)).toEqual(serials.map((_, index) => index + 1));
    expect(readdirSync(folder)).toEqual(['dose']);
    expect(readdirSync(join(folder, 'dose')).length).toBe(serials.length);
  });

  describe('that cannot be read', () => {
    const refused =
      /probe-1\.json cannot be read: it is the dose ledger; move it away only if you know what this probe was given today/;

    it.each([
      ['is empty', ''],
      ['is cut off', '{"format":"exocortex-dose/1","probe":"probe-1","hou'],
      ['is of another format', '{"format":"exocortex-dose/2","probe":"probe-1","hours":[]}'],
      [
        'has a count that is none',
        '{"format":"exocortex-dose/1","probe":"probe-1","hours":[{"hour":1,"electrodes":{"3":{"pulses":null,"chargeFemtocoulombs":1}}}]}',
      ],
      [
        'has a dose below nothing',
        '{"format":"exocortex-dose/1","probe":"probe-1","hours":[{"hour":1,"electrodes":{"3":{"pulses":-1,"chargeFemtocoulombs":1}}}]}',
      ],
      ['says something more', '{"format":"exocortex-dose/1","probe":"probe-1","hours":[],"note":""}'],
    ])('H77: refuses to begin when the ledger %s, and leaves it as it is', (_, text) => {
      mkdirSync(join(folder, 'dose'));
      writeFileSync(join(folder, ledgerPath), text);
      expect(() => open()).toThrow(refused);
      expect(readFileSync(join(folder, ledgerPath), 'utf8')).toBe(text);
    });

    it('H77: refuses to begin when the ledger is there and the system does not give it out', () => {
      mkdirSync(join(folder, ledgerPath), { recursive: true });
      expect(() => open()).toThrow('EISDIR');
    });
  });

  it('H77: one that was being written when the power failed leaves the old one whole', () => {
    open().settle([pulses(3, 10)], undefined);
    writeFileSync(join(folder, `${ledgerPath}.partial`), '{"format":"exoc');
    const next = open();
    expect(next.earlier).toEqual([{ ...pulses(3, 10), ageNs: 0 }]);
    next.settle([pulses(3, 1)], undefined);
    expect(readdirSync(join(folder, 'dose'))).toEqual([`${probe}.json`]);
  });

  it('H51: says that it cannot be written; what was given is written the next time', () => {
    const file = open();
    file.settle([pulses(3, 10)], reservation);
    mkdirSync(join(folder, `${ledgerPath}.partial`));
    expect(() => file.settle([pulses(3, 5)], undefined)).toThrow('EISDIR');
    expect(written()).toMatchObject({ open: { pulses: 2000 }, hours: [{ electrodes: { 3: { pulses: 10 } } }] });
    rmSync(join(folder, `${ledgerPath}.partial`), { recursive: true });
    file.settle([pulses(3, 1)], undefined);
    expect(open().earlier).toEqual([{ ...pulses(3, 16), ageNs: 0 }]);
  });

  it.runIf(process.platform !== 'win32')('lets nobody else read it (file modes: not on Windows)', () => {
    open().settle([], undefined);
    expect(statSync(join(folder, ledgerPath)).mode & 0o777).toBe(0o600);
  });
});
