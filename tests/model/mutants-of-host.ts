// Hosts that are careless around the interlock: gate, journal, limits, arming; for the model check.
import { host, mutant, type Mutant } from './mutant.ts';

export const mutantsOfHost: readonly Mutant[] = [
  mutant('no crash journal', host({ recordsBeforeArming: false }), { faults: 1, faultKinds: ['kill'] }),
  mutant('a start forgets what is on disk', host({ keepsCause: false }), {
    hasHazard: true,
    faults: 1,
    faultKinds: ['kill'],
  }),
  mutant('gate removed', host({ gateChecksLimits: false }), { canTighten: true }),
  mutant('gate without the age of the data', host({ gateChecksAge: false }), {
    faults: 1,
    faultKinds: ['hollow-answer'],
  }),
  mutant('gate without hearing the device', host({ gateChecksHeard: false }), { hasSilence: true }),
  mutant('ENABLE without a look at the stop word', host({ looksAtStopWord: false }), {
    faults: 1,
    faultKinds: ['hang'],
  }),
  mutant('self-test of an earlier attempt counts', host({ knowsOwnSelfTest: false }), {
    hasSelfTest: true,
    sessionsMax: 2,
  }),
  mutant('limits loosened while live', host({ loosensOnlyWhenSafe: false }), { canTighten: true }),
];
