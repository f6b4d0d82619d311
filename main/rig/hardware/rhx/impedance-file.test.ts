import { describe, expect, it } from 'vitest';
import { readImpedanceFile } from './impedance-file.ts';

const head =
  'Channel Number,Channel Name,Port,Enabled,Impedance Magnitude at 1000 Hz (ohms),Impedance Phase at 1000 Hz (degrees),Series RC equivalent R (Ohms),Series RC equivalent C (Farads)';

describe('a file of impedances', () => {
  it('gives each electrode by its native name', () => {
    const text = `${head}\nA-000,left, upper,Port A,1,1.00e+05,-70,3.42e+04,1.69e-09\r\nB-007,B-007,Port B,0,2.50e+06,-5,2.49e+06,7.30e-10\n`;
    expect(readImpedanceFile(text)).toEqual({
      frequencyHz: 1000,
      electrodes: [
        { channel: 'A-000', isEnabled: true, ohms: 100_000, degrees: -70 },
        { channel: 'B-007', isEnabled: false, ohms: 2_500_000, degrees: -5 },
      ],
    });
  });

  it('is refused when it is another file, or a line is cut', () => {
    expect(readImpedanceFile('time,voltage\n1,2')).toBeUndefined();
    expect(readImpedanceFile('')).toBeUndefined();
    for (const line of ['A-000,A-000,Port A,1,1.00e+05', 'x,A-000,Port A,1,1,-70,1,1', 'A-000,A-000,Port A,1,,-70,1'])
      expect(readImpedanceFile(`${head}\n${line}`), line).toBeUndefined();
    expect(readImpedanceFile(`${head}\nA-000,A-000,Port A,1,nan,-70,1,1`)).toBeUndefined();
  });
});
