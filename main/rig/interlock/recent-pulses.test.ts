import { describe, expect, it } from 'vitest';
import { RecentPulses } from './recent-pulses.ts';

const millisecondNs = 1e6;
/** Electrodes on a line: those next to each other are neighbours. */
const isNextTo = (a: number, b: number) => Math.abs(a - b) === 1;
const recent = (capacity = 100, chargeMax: (electrode: number) => number = () => 100) =>
  new RecentPulses(capacity, isNextTo, chargeMax);

describe('RecentPulses', () => {
  it('is empty at first', () => {
    expect(recent().at(0, 1)).toEqual({
      electrodes: 0,
      nanoamps: 0,
      sharedFemtocoulombs: 0,
      sharedMaxFemtocoulombs: 100,
    });
    expect(recent(0).at(0, 1)).toMatchObject({ electrodes: 0, sharedFemtocoulombs: 0 });
  });

  it('H60: adds up the current of the other electrodes whose pulse has not ended', () => {
    const pulses = recent();
    pulses.add(10, 0, 400, 5, 0);
    pulses.add(20, 100, 400, 7, 0);
    expect(pulses.at(100, 30)).toMatchObject({ electrodes: 2, nanoamps: 12 });
    expect(pulses.at(399, 30)).toMatchObject({ electrodes: 2, nanoamps: 12 });
    expect(pulses.at(400, 30)).toMatchObject({ electrodes: 1, nanoamps: 7 });
    expect(pulses.at(400, 20)).toMatchObject({ electrodes: 0, nanoamps: 0 });
    expect(pulses.at(499, 10)).toMatchObject({ electrodes: 1, nanoamps: 7 });
    expect(pulses.at(500, 30)).toMatchObject({ electrodes: 0, nanoamps: 0 });
  });

  it('H60: remembers a pulse that lasts longer than a millisecond until it ends', () => {
    const pulses = recent();
    pulses.add(10, 0, 2.1 * millisecondNs, 5, 60);
    pulses.add(20, 1.5 * millisecondNs, 40_000, 7, 0);
    expect(pulses.at(2.1 * millisecondNs - 1, 11)).toMatchObject({
      electrodes: 1,
      nanoamps: 5,
      sharedFemtocoulombs: 0,
    });
    expect(pulses.at(2.1 * millisecondNs, 11)).toMatchObject({ electrodes: 0, nanoamps: 0 });
  });

  it('H60: adds up the charge of neighbours, and of no others, for one millisecond', () => {
    const pulses = recent();
    pulses.add(10, 0, 400, 1, 20);
    pulses.add(12, 0, 400, 1, 30);
    pulses.add(14, 0, 400, 1, 40);
    expect(pulses.at(millisecondNs - 1, 11)).toMatchObject({ sharedFemtocoulombs: 50, sharedMaxFemtocoulombs: 100 });
    expect(pulses.at(millisecondNs - 1, 15)).toMatchObject({ sharedFemtocoulombs: 40 });
    expect(pulses.at(millisecondNs - 1, 16)).toMatchObject({ sharedFemtocoulombs: 0 });
    expect(pulses.at(millisecondNs, 11)).toMatchObject({ sharedFemtocoulombs: 0 });
  });

  it('H60: adds up several pulses of one neighbour', () => {
    const pulses = recent();
    pulses.add(10, 0, 400, 1, 20);
    pulses.add(10, 500, 400, 1, 25);
    expect(pulses.at(900, 11)).toMatchObject({ sharedFemtocoulombs: 45, electrodes: 0 });
  });

  it('H60: holds the bound of the neighbour that came first as well as that of the one that asks', () => {
    const chargeMax = (electrode: number) => (electrode === 10 ? 50 : 100);
    const pulses = recent(100, chargeMax);
    pulses.add(10, 0, 400, 1, 30);
    // 30 of electrode 10's own 50 are used, and 30 of the 100 around electrode 11.
    expect(pulses.at(900, 11)).toMatchObject({ sharedFemtocoulombs: 30, sharedMaxFemtocoulombs: 50 });
    expect(pulses.at(900, 10)).toMatchObject({ sharedFemtocoulombs: 0, sharedMaxFemtocoulombs: 50 });
    // As much is left around 10 as around 11: the one that asks is named.
    const tied = recent(100, (electrode) => (electrode === 10 ? 110 : 120));
    tied.add(10, 0, 400, 1, 20);
    tied.add(12, 0, 400, 1, 10);
    expect(tied.at(900, 11)).toMatchObject({ sharedFemtocoulombs: 30, sharedMaxFemtocoulombs: 120 });
    const other = recent(100, chargeMax);
    other.add(11, 0, 400, 1, 30);
    expect(other.at(900, 10)).toMatchObject({ sharedFemtocoulombs: 30, sharedMaxFemtocoulombs: 50 });
  });

  it('H60: adds up what surrounds a neighbour that came first, whoever comes last', () => {
    const pulses = recent();
    pulses.add(11, 0, 400, 1, 10);
    pulses.add(10, 0, 400, 1, 80);
    // Around electrode 12 there is only 11; around 11 there are 10 and its own.
    expect(pulses.at(900, 12)).toMatchObject({ sharedFemtocoulombs: 90, sharedMaxFemtocoulombs: 100 });
    expect(pulses.at(millisecondNs, 12)).toMatchObject({ sharedFemtocoulombs: 0 });
  });

  it('H60: counts around a neighbour what the asking electrode gave before', () => {
    const pulses = recent();
    pulses.add(12, 0, 400, 1, 35);
    pulses.add(11, 0, 400, 1, 10);
    expect(pulses.at(900, 12)).toMatchObject({ sharedFemtocoulombs: 45, sharedMaxFemtocoulombs: 100 });
  });

  it('remembers as many pulses as can begin while one matters, the newest ones', () => {
    const pulses = recent(3);
    for (const electrode of [10, 20, 30, 40]) pulses.add(electrode, 0, 400, electrode, 0);
    expect(pulses.at(100, 1)).toMatchObject({ electrodes: 3, nanoamps: 90 });
    pulses.add(50, 100, 400, 50, 0);
    expect(pulses.at(100, 1)).toMatchObject({ electrodes: 3, nanoamps: 120 });
    const full = recent(2);
    full.add(10, 0, 400, 1, 20);
    full.add(12, 0, 400, 1, 30);
    expect(full.at(100, 11)).toMatchObject({ electrodes: 2, nanoamps: 2, sharedFemtocoulombs: 50 });
    const many = recent(1000);
    for (let electrode = 0; electrode < 1000; electrode++) many.add(electrode * 2, electrode, millisecondNs, 1, 1);
    expect(many.at(1000, 1)).toMatchObject({ electrodes: 1000, nanoamps: 1000, sharedFemtocoulombs: 2 });
  });
});
