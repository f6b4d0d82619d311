import { describe, expect, it } from 'vitest';
import { exactPulse, type SerialPulse } from './exact-pulse.ts';
import { PulsePal } from './pulse-pal.ts';
import { StimJim } from './stimjim.ts';
import { pulse } from './serial-pulse.fixture.ts';

const stimJim = (change: Partial<SerialPulse>) => exactPulse({ ...pulse, ...change }, new StimJim().range);
const pulsePal = (change: Partial<SerialPulse>, microampsPerVolt = 1000) =>
  exactPulse({ ...pulse, ...change }, new PulsePal({ microampsPerVolt }).range);
const refusal = (words: string) => ({
  code: 'stimulus-out-of-range',
  message: expect.stringContaining(words) as string,
});

describe('a pulse for a serial stimulator', () => {
  it('becomes whole steps on the grid of the device, rounded down, with the charge that follows', () => {
    expect(stimJim({})).toMatchObject({ steps: 100, amplitudeMicroamps: 100, chargeNanocoulombs: 20 });
    expect(stimJim({ amplitudeMicroamps: 100.9, phaseMicroseconds: 200.9 })).toMatchObject({
      steps: 100,
      phaseMicroseconds: 200,
    });
    // 1 mA/V: a step of the converter, 20 V / 4096, is 4.8828125 µA.
    expect(pulsePal({ phaseMicroseconds: 249, interphaseMicroseconds: 101 })).toMatchObject({
      steps: 20,
      amplitudeMicroamps: 97.65625,
      phaseMicroseconds: 200,
      interphaseMicroseconds: 100,
      chargeNanocoulombs: 19.53125,
    });
    expect(pulsePal({}, 10_000)).toMatchObject({ steps: 2 });
  });

  it('is refused outside the range of the device, and where it is no number', () => {
    expect(stimJim({ amplitudeMicroamps: 10 })).toEqual(refusal('10 µA is less than 11 µA'));
    expect(stimJim({ amplitudeMicroamps: 3301 })).toEqual(refusal('above 3300 µA'));
    expect(stimJim({ phaseMicroseconds: 19 })).toEqual(refusal('the device gives 20 to 5000 µs'));
    expect(stimJim({ phaseMicroseconds: 5001 })).toEqual(refusal('5001 µs is not possible'));
    expect(stimJim({ interphaseMicroseconds: 7 })).toEqual(refusal('gap of 7 µs is not possible'));
    expect(stimJim({ channel: 3 })).toEqual(refusal('there is no channel 3'));
    expect(pulsePal({ amplitudeMicroamps: 4 })).toEqual(refusal('less than 4.88281 µA: one step of the converter'));
    expect(pulsePal({ amplitudeMicroamps: 2047 * 4.8828125 })).toMatchObject({ steps: 2047 });
    expect(pulsePal({ amplitudeMicroamps: 10_000 })).toEqual(refusal('above 9995.12 µA'));
    expect(pulsePal({ phaseMicroseconds: 50 })).toEqual(refusal('the device gives 100 to 5000 µs'));
    expect(pulsePal({ channel: 0 })).toEqual(refusal('there is no channel 0'));
    for (const value of [NaN, Infinity, -100]) {
      expect(stimJim({ amplitudeMicroamps: value })).toMatchObject({ code: 'stimulus-out-of-range' });
      expect(stimJim({ phaseMicroseconds: value })).toMatchObject({ code: 'stimulus-out-of-range' });
      expect(stimJim({ interphaseMicroseconds: value })).toMatchObject({ code: 'stimulus-out-of-range' });
      expect(stimJim({ channel: value })).toMatchObject({ code: 'stimulus-out-of-range' });
    }
  });

  it('needs to know what the isolator makes of a volt', () => {
    for (const microampsPerVolt of [0, -1, NaN, Infinity])
      expect(() => new PulsePal({ microampsPerVolt })).toThrow('the gain of the isolator');
  });
});
