import { describe, expect, it } from 'vitest';
import { bytesPerBlock, checkCapacity, columnsOf, type RhxInventory, scaleOf, stimWord } from './columns.ts';

const none = { A: 0, B: 0, C: 0, D: 0, E: 0, F: 0, G: 0, H: 0 };
const recorder: RhxInventory = { isStimulator: false, amplifiers: { ...none, A: 32, B: 32 } };
const stimulator: RhxInventory = { ...recorder, isStimulator: true };

describe('the columns of a frame', () => {
  it('stand in RHX’s own order, whatever the order in which they were asked for', () => {
    const columns = columnsOf(recorder, {
      amplifiers: [
        { channel: 'B-007', bands: ['WIDE'], hasSpikes: false },
        { channel: 'A-001', bands: ['HIGH', 'WIDE'], hasSpikes: true },
        { channel: 'A-000', bands: [], hasSpikes: true },
        { channel: 'A-001', bands: ['LOW'], hasSpikes: false },
      ],
      others: ['DIGITAL-OUT-03', 'DIGITAL-IN-05', 'DIGITAL-IN-02', 'ANALOG-IN-2', 'A-VDD1', 'A-AUX2', 'ANALOG-IN-1'],
    });
    expect(columns.map(({ channel, band }) => (band === undefined ? channel : `${channel} ${band}`))).toEqual([
      'A-001 WIDE',
      'A-001 LOW',
      'A-001 HIGH',
      'A-AUX2',
      'A-VDD1',
      'B-007 WIDE',
      'ANALOG-IN-1',
      'ANALOG-IN-2',
      'DIGITAL-IN',
      'DIGITAL-OUT',
    ]);
    expect(bytesPerBlock(columns.length)).toBe(4 + 128 * 24);
  });

  it('are refused for channels and bands that the controller has not', () => {
    const asked =
      (channel: string, band: 'WIDE' | 'DC', others: string[] = []) =>
      () =>
        columnsOf(recorder, { amplifiers: [{ channel, bands: [band], hasSpikes: false }], others });
    expect(asked('C-000', 'WIDE')).toThrow('no channel C-000');
    expect(asked('A-032', 'WIDE')).toThrow('no channel A-032');
    expect(asked('A-000', 'DC')).toThrow('no band DC');
    for (const name of ['ANALOG-IN-01', 'ANALOG-OUT-1', 'DIGITAL-IN-17', 'A-AUX4', 'I-AUX1'])
      expect(asked('A-000', 'WIDE', [name]), name).toThrow(`no channel ${name}`);
    expect(() => columnsOf(stimulator, { amplifiers: [], others: ['A-VDD1'] })).toThrow('no channel A-VDD1');
    expect(columnsOf(stimulator, { amplifiers: [], others: ['ANALOG-OUT-8'] })).toHaveLength(1);
  });

  it('are too many where RHX would fall behind', () => {
    checkCapacity(32, 30_000);
    checkCapacity(50, 30_000);
    expect(() => checkCapacity(51, 30_000)).toThrow('1.53 million words per second');
  });

  it('have the scale of what they carry', () => {
    const value = (channel: string, word: number, band?: 'WIDE' | 'DC') => {
      const { factor, offset } = scaleOf({ channel, ...(band === undefined ? {} : { band }) });
      return factor * (word - offset);
    };
    expect(value('A-001', 32_768 + 1000, 'WIDE')).toBeCloseTo(195);
    expect(value('A-013', 460, 'DC')).toBeCloseTo(1, 2);
    expect(value('A-AUX1', 45_455)).toBeCloseTo(1.7, 3);
    expect(value('A-VDD1', 44_118)).toBeCloseTo(3.3, 3);
    expect(value('ANALOG-IN-1', 65_535)).toBeCloseTo(10.24, 3);
    expect(value('DIGITAL-IN', 5)).toBe(5);
  });

  it('tell a stimulus by its magnitude, sign and flags', () => {
    expect(stimWord(0x0100, 0.5)).toMatchObject({ microamps: -0, isSettling: false, isAtComplianceLimit: false });
    expect(stimWord(0x8128, 0.5)).toMatchObject({ microamps: -20, isAtComplianceLimit: true });
    expect(stimWord(0x6028, 0.5)).toMatchObject({ microamps: 20, isSettling: true, isRecoveringCharge: true });
  });
});
