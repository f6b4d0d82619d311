// Watchdogs that renew too readily, or do not stop; for the model check.
import {
  type WatchdogDecision,
  type WatchdogLook,
  type WatchdogMemory,
  watchRound,
} from '../../main/rig/supervision/watchdog-round.ts';
import { mutant, type Mutant, watchdog } from './mutant.ts';
import { isLive } from './rig-model.ts';
import { watchdogTicks } from './scale.ts';

const isGuarded = (memory: WatchdogMemory, look: WatchdogLook) =>
  memory.session > 0 && look.isLeaseWanted && isLive(look.state);

const renewal = (memory: WatchdogMemory): WatchdogDecision => ({
  memory: { ...memory, lastRenewalNs: 0, challengedNs: 0 },
  doesStop: false,
  doesRenew: true,
  cause: undefined,
});

const isDue = (memory: WatchdogMemory) => -memory.lastRenewalNs >= watchdogTicks.renewEveryNs;

export const mutantsOfWatchdog: readonly Mutant[] = [
  mutant(
    'blind kick',
    watchdog((memory, look) =>
      isGuarded(memory, look) && isDue(memory) && look.stopRequests === 0 ? renewal(memory) : undefined,
    ),
    { faults: 1, faultKinds: ['hang'] },
  ),
  mutant(
    'renews without a fresh beat',
    watchdog((memory, look) => watchRound({ ...memory, beatChangedNs: 0 }, look, watchdogTicks)),
    { faults: 1, faultKinds: ['hollow-answer'] },
  ),
  mutant(
    'renews without an answered challenge',
    watchdog((memory, look) =>
      isGuarded(memory, look) &&
      !memory.isStopped &&
      isDue(memory) &&
      look.stopRequests === 0 &&
      look.beat !== memory.beat
        ? renewal({ ...memory, beatChangedNs: 0 })
        : undefined,
    ),
    { faults: 1, faultKinds: ['hollow-beat'] },
  ),
  mutant(
    'watchdog renews after its own stop',
    watchdog((memory, look) => {
      const decision = watchRound(memory, look, watchdogTicks);
      return memory.isStopped && isGuarded(memory, look) && !decision.doesStop ? renewal(decision.memory) : decision;
    }),
    { faults: 1, faultKinds: ['hang'] },
  ),
  mutant(
    'watchdog does not stop on a wrong state',
    watchdog((memory, look) => {
      const decision = watchRound({ ...memory, wrongSinceNs: Infinity }, { ...look, isOutputOn: false }, watchdogTicks);
      return { ...decision, memory: { ...decision.memory, wrongSinceNs: Infinity } };
    }),
    { faults: 2, faultKinds: ['kill', 'hang'] },
  ),
  mutant(
    'watchdog does not heed the stop word',
    watchdog((memory, look) => watchRound(memory, { ...look, stopRequests: memory.stopRequests }, watchdogTicks)),
    { faults: 1, faultKinds: ['hang'] },
  ),
];
