import { describe, expect, it } from 'vitest';
import { findHidRig, hidRigsOf } from './find-hid-rig.ts';

const listed = (path: string, product: string, serialNumber?: string) => ({
  path,
  product,
  vendorId: 1,
  productId: 2,
  ...(serialNumber === undefined ? {} : { serialNumber }),
});

describe('HID rigs among all HID devices', () => {
  it('are known by their name, which says how long their reports are', () => {
    const rigs = hidRigsOf([
      listed('/a', 'Exocortex HID rig', 'A'),
      listed('/b', 'Exocortex HID rig 512', 'B'),
      listed('/b', 'Exocortex HID rig 512', 'B'),
      listed('/c', 'Exocortex HID rig 63', 'C'),
      listed('/d', 'Exocortex HID rig 1025', 'D'),
      listed('/e', 'Keyboard'),
      { path: '/f', vendorId: 1, productId: 2 },
    ]);
    expect(rigs.map(({ path, reportBytes }) => [path, reportBytes])).toEqual([
      ['/a', 64],
      ['/b', 512],
    ]);
  });

  it('one is found by its serial number, or it is said what is there', () => {
    const rigs = hidRigsOf([listed('/a', 'Exocortex HID rig', 'A'), listed('/b', 'Exocortex HID rig')]);
    expect(findHidRig(rigs, 'A')).toMatchObject({ path: '/a' });
    expect(findHidRig(rigs, 'B')).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('connected: A, one without a serial number') as string,
    });
    expect(findHidRig([], 'B')).toMatchObject({ message: expect.stringContaining('none is connected') as string });
  });

  it('H13: two with the same serial number are refused', () => {
    const twins = hidRigsOf([listed('/a', 'Exocortex HID rig', 'A'), listed('/b', 'Exocortex HID rig', 'A')]);
    expect(findHidRig(twins, 'A')).toMatchObject({ code: 'ambiguous-identity' });
  });
});
