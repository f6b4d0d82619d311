// Every mutant: each must break an invariant; for the model check.
import type { Mutant } from './mutant.ts';
import { mutantsOfDevice } from './mutants-of-device.ts';
import { mutantsOfHost } from './mutants-of-host.ts';
import { mutantsOfInterlock } from './mutants-of-interlock.ts';
import { mutantsOfWatchdog } from './mutants-of-watchdog.ts';

export const mutants: readonly Mutant[] = [
  ...mutantsOfDevice,
  ...mutantsOfInterlock,
  ...mutantsOfWatchdog,
  ...mutantsOfHost,
];
