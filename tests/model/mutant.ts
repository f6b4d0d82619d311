// A protocol that lacks one thing, made by wrapping the real functions or by a rule that is not kept; for the model check.
import type { InterlockEvent } from '../../main/rig/interlock/interlock-event.ts';
import type { InterlockRecord, InterlockTiming } from '../../main/rig/interlock/interlock-record.ts';
import { reduce, type Reduction } from '../../main/rig/interlock/reduce.ts';
import {
  type WatchdogDecision,
  type WatchdogLook,
  type WatchdogMemory,
  watchRound,
} from '../../main/rig/supervision/watchdog-round.ts';
import { type Configuration, plain } from './configuration.ts';
import type { DeviceRules } from './device-model.ts';
import { careful, type HostRules, type Protocol, realProtocol } from './protocol.ts';

export interface Mutant {
  readonly name: string;
  readonly protocol: Protocol;
  readonly configuration: Configuration;
}

export const mutant = (
  name: string,
  change: Partial<Protocol>,
  configuration: Partial<Configuration> = {},
): Mutant => ({
  name,
  protocol: { ...realProtocol, ...change },
  configuration: { ...plain, ...configuration, name },
});

export const device = (change: Partial<DeviceRules>): Partial<Protocol> => ({
  device: { ...realProtocol.device, ...change },
});
export const host = (change: Partial<HostRules>): Partial<Protocol> => ({ host: { ...careful, ...change } });

/** Another reducer. @param change answers what it answers differently; undefined: as the real one */
export const reducer = (
  change: (record: InterlockRecord, event: InterlockEvent, timing: InterlockTiming) => Reduction | undefined,
): Partial<Protocol> => ({
  reduce: (record, event, timing) => change(record, event, timing) ?? reduce(record, event, timing),
});

/** A reducer that sees another record on one kind of event, where that leads to another state. */
export const blindOn = (kind: InterlockEvent['kind'], record: Partial<InterlockRecord>): Partial<Protocol> =>
  reducer((real, event, timing) => {
    if (event.kind !== kind) return undefined;
    const blind = reduce({ ...real, ...record }, event, timing);
    return blind.record.state === real.state ? undefined : blind;
  });

/** A reducer with other bounds on one kind of event. */
export const patientOn = (kind: InterlockEvent['kind'], change: Partial<InterlockTiming>): Partial<Protocol> =>
  reducer((record, event, timing) =>
    event.kind === kind ? reduce(record, event, { ...timing, ...change }) : undefined,
  );

/** A watchdog that sees something else. */
export const watchdog = (
  change: (memory: WatchdogMemory, look: WatchdogLook) => WatchdogDecision | undefined,
): Partial<Protocol> => ({
  watchRound: (memory, look, timing) => change(memory, look) ?? watchRound(memory, look, timing),
});
