import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultCodes } from '../../common/contract/faults.ts';
import { causeChoices } from './cause-choices.ts';

const code = fc.constantFrom(...faultCodes);

test('the right cause is always among several others, each once', () => {
  fc.assert(
    fc.property(code, fc.array(code), (first, further) => {
      const choices = causeChoices(first, further);
      expect(choices).toContain(first);
      expect(choices).toHaveLength(5);
      expect(new Set(choices).size).toBe(5);
    }),
  );
});

test('neither place nor order gives the right cause away', () => {
  fc.assert(
    fc.property(code, fc.array(code), (first, further) => {
      const places = causeChoices(first, further).map((choice) => faultCodes.indexOf(choice));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
  );
});

test('what followed from the cause is offered too', () => {
  expect(causeChoices('late-tick', ['source-frozen'])).toContain('source-frozen');
});
