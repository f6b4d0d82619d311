// The searches of the real protocol: each has more of one thing in it, all together everything; for the model check.
import { type Configuration, plain } from './configuration.ts';

const configure = (name: string, change: Partial<Configuration>): Configuration => ({ ...plain, ...change, name });

/** A few 10⁵ states: what `npm test` has time for. */
export const quickConfigurations: readonly Configuration[] = [configure('one session', {})];

export const fullConfigurations: readonly Configuration[] = [
  configure('one session, the rig thread hangs', {
    faults: 1,
    faultKinds: ['hang', 'hollow-beat', 'hollow-answer'],
  }),
];
