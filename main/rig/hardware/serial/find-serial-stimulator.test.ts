import { describe, expect, it } from 'vitest';
import { findSerialStimulator, serialStimulatorsOf } from './find-serial-stimulator.ts';

const due = (path: string, serialNumber?: string) => ({
  path,
  vendorId: 0x2341,
  productId: 0x003e,
  ...(serialNumber === undefined ? {} : { serialNumber }),
});

describe('ports that may be stimulators', () => {
  it('are known by the USB numbers of their boards', () => {
    const ports = serialStimulatorsOf([
      due('/a', 'A'),
      { path: '/b', vendorId: 0x16c0, productId: 0x0483, serialNumber: 'B' },
      { path: '/c', vendorId: 0x2341, productId: 0x003d },
      { path: '/d' },
    ]);
    expect(ports.map(({ path, protocol }) => [path, protocol])).toEqual([
      ['/a', 'pulse-pal-2'],
      ['/b', 'stimjim'],
    ]);
  });

  it('one is found by protocol and serial number, or it is said what is there', () => {
    const ports = serialStimulatorsOf([due('/a', 'A'), due('/b')]);
    expect(findSerialStimulator(ports, 'pulse-pal-2', 'A')).toMatchObject({ path: '/a' });
    expect(() => findSerialStimulator(ports, 'pulse-pal-2', 'B')).toThrow('connected: A, one without a serial number');
    expect(() => findSerialStimulator(ports, 'stimjim', 'A')).toThrow('none is connected');
  });

  it('H13: two with the same serial number are refused', () => {
    const twins = serialStimulatorsOf([due('/a', 'A'), due('/b', 'A')]);
    expect(() => findSerialStimulator(twins, 'pulse-pal-2', 'A')).toThrow('unplug all but the one');
  });
});
