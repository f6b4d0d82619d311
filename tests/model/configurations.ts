// The searches of the real protocol: each has more of one thing in it, all together everything; for the model check.
import { type Configuration, plain } from './configuration.ts';

const configure = (name: string, change: Partial<Configuration>): Configuration => ({ ...plain, ...change, name });

const quiet = configure('one session, nothing fails but messages', {});

/** A few 10⁵ states, for a look at a change. */
export const quickConfigurations: readonly Configuration[] = [quiet];

/** More than 10⁷ states, about five minutes of one core. */
export const fullConfigurations: readonly Configuration[] = [
  quiet,
  configure('the rig thread hangs; its beat or its answers may go on', {
    faults: 1,
    faultKinds: ['hang', 'hollow-beat', 'hollow-answer'],
  }),
  configure('threads and the process end and start again; memory is damaged', {
    faults: 1,
    faultKinds: ['kill', 'thread-end', 'watchdog-end', 'integrity'],
  }),
  configure('a hazard comes and goes', { faults: 1, faultKinds: ['hazard'] }),
  configure('emergency stop; a pulse under foreign limits', {
    faults: 1,
    faultKinds: ['emergency-stop', 'foreign-limits'],
  }),
  configure('delay without bound; the process freezes or is killed', {
    delayMax: Infinity,
    faults: 1,
    faultKinds: ['freeze', 'kill'],
  }),
  configure('messages arrive twice, one is recorded and sent again', { hasDoubles: true, recordings: 1 }),
  configure('two sessions', { sessionsMax: 2 }),
  configure('limits tightened and loosened', { canTighten: true }),
  configure('self-test with the relay open, then a session', {
    sessionsMax: 2,
    hasSelfTest: true,
    delayMax: 1,
    pulsesMax: 0,
  }),
  configure('the device falls silent', { hasSilence: true }),
];

/** More than 4 · 10⁷ states together with the full ones, about fifteen minutes of one core. */
export const deepConfigurations: readonly Configuration[] = [
  ...fullConfigurations,
  configure('hazards come and go without end', { hasHazard: true }),
  configure('two faults: hung, killed', { faults: 2, faultKinds: ['hang', 'kill'] }),
  configure('two pulses; messages arrive twice, one is recorded and sent again', {
    pulsesMax: 2,
    hasDoubles: true,
    recordings: 1,
  }),
  configure('self-test with pulses beyond every limit, then a session with one', {
    sessionsMax: 2,
    hasSelfTest: true,
    delayMax: 1,
  }),
];
