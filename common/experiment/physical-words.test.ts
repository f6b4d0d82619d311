import { expect, it } from 'vitest';
import { physicalWords } from './physical-words.ts';

it('says a stimulus in physical quantities with the charge of a phase', () => {
  const stimulus = {
    name: 'left',
    electrode: 3,
    amplitudeMicroamps: 3.3,
    phaseMicroseconds: 200,
    interphaseMicroseconds: 50,
    leadingPhase: 'cathodic',
  } as const;
  expect(physicalWords(stimulus)).toBe(
    'electrode 3: 3.3 µA for 200 µs each phase, cathodic first, gap 50 µs, 0.66 nC per phase',
  );
  expect(physicalWords({ ...stimulus, interphaseMicroseconds: 0, leadingPhase: 'anodic' })).toContain(
    'anodic first, no gap',
  );
});
