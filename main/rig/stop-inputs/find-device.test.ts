import { describe, expect, it } from 'vitest';
import type { StopInputSetting } from '../../../common/contract/stop-inputs.ts';
import { pedal } from './fake-hid-source.ts';
import { findDevice } from './find-device.ts';

const setting: StopInputSetting = { vendorId: 0x0c45, productId: 0x7403, kind: 'stop' };
const vendorPart = { ...pedal, path: '/fake/vendor', usagePage: 0xff00, usage: 1 };
const stranger = { ...pedal, path: '/fake/other', productId: 1 };

describe('the device of a setting', () => {
  it('is the only one with its numbers', () => {
    expect(findDevice(setting, [stranger, pedal])).toEqual({ device: pedal });
  });

  it('is the one whose serial number and usage are asked for', () => {
    const second = { ...pedal, path: '/fake/second', serialNumber: 'B2' };
    expect(findDevice({ ...setting, serialNumber: 'B2' }, [pedal, second])).toEqual({ device: second });
    expect(findDevice({ ...setting, usagePage: 1, usage: 6 }, [vendorPart, pedal])).toEqual({ device: pedal });
  });

  it('may have several collections that the system reads together', () => {
    expect(findDevice(setting, [pedal, { ...vendorPart, path: pedal.path }])).toEqual({ device: pedal });
  });
});

describe('a setting without its device', () => {
  it('says what is not connected', () => {
    expect(findDevice(setting, [stranger])).toMatchObject({
      problem: { code: 'not-found', what: 'no HID device with vendor 0x0C45, product 0x7403 is connected' },
    });
  });

  it('says what is there instead when only serial number or usage differ', () => {
    expect(findDevice({ ...setting, serialNumber: 'A1' }, [pedal])).toMatchObject({
      problem: {
        code: 'not-found',
        what: 'no HID device with vendor 0x0C45, product 0x7403, serial number "A1" is connected; there is vendor 0x0C45, product 0x7403, usage page 1, usage 6',
      },
    });
  });

  it('chooses none of several, and names all of them', () => {
    expect(findDevice(setting, [pedal, vendorPart])).toMatchObject({
      problem: {
        code: 'ambiguous',
        what: '2 HID devices have vendor 0x0C45, product 0x7403: vendor 0x0C45, product 0x7403, usage page 1, usage 6; vendor 0x0C45, product 0x7403, usage page 65280, usage 1',
      },
    });
  });
});
