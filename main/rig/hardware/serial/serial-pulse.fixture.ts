// A pulse that every serial stimulator can give.
import type { SerialPulse } from './exact-pulse.ts';

export const pulse: SerialPulse = {
  channel: 1,
  leadingPhase: 'cathodic',
  amplitudeMicroamps: 100,
  phaseMicroseconds: 200,
  interphaseMicroseconds: 0,
};
