// The whole model check: every configuration of the real protocol, then every mutant; called by check-model.mjs.
import type { Configuration } from './configuration.ts';
import { explore } from './explore.ts';
import { invariants } from './invariants.ts';
import type { Mutant } from './mutant.ts';
import { realProtocol } from './protocol.ts';

export interface CheckedConfiguration {
  readonly name: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Ticks after permission had ended; -1: never. */
  readonly latestPulse: number;
  readonly latestOutput: number;
  /** Transitions in which a pulse reached an electrode. */
  readonly pulses: number;
  /** Name of the invariant that was broken, and the way there; undefined: all hold. */
  readonly broken: string | undefined;
  readonly trace: readonly string[];
  readonly seconds: number;
}

export interface CheckedMutant {
  readonly name: string;
  readonly killed: boolean;
  /** The invariant that it broke. */
  readonly by: string | undefined;
  /** Length of the shortest way there. */
  readonly steps: number;
  readonly states: number;
  readonly trace: readonly string[];
}

export interface ModelReport {
  readonly states: number;
  readonly transitions: number;
  readonly violations: number;
  readonly mutants: number;
  readonly killed: number;
  /** Invariants that no mutant breaks: they might be unable to fail. */
  readonly unbroken: readonly string[];
  readonly configurations: readonly CheckedConfiguration[];
  readonly mutantsList: readonly CheckedMutant[];
  readonly seconds: number;
}

export interface CheckOptions {
  readonly configurations: readonly Configuration[];
  readonly mutants: readonly Mutant[];
  readonly nowMs: () => number;
  /** Hears of each search when it has ended. */
  readonly onConfiguration?: (checked: CheckedConfiguration) => void;
  readonly onMutant?: (checked: CheckedMutant) => void;
}

/** What the memory of a small computer holds. */
const statesMax = 2e7;

function checkConfiguration(configuration: Configuration, nowMs: () => number): CheckedConfiguration {
  const startMs = nowMs();
  const { violation, states, transitions, depth, latestPulse, latestOutput, pulses } = explore(
    { configuration, protocol: realProtocol },
    statesMax,
  );
  return {
    name: configuration.name,
    states,
    transitions,
    depth,
    latestPulse,
    latestOutput,
    pulses,
    broken: violation?.invariant.name,
    trace: violation?.trace ?? [],
    seconds: (nowMs() - startMs) / 1000,
  };
}

function checkMutant({ name, configuration, protocol }: Mutant): CheckedMutant {
  const { violation, states } = explore({ configuration, protocol }, statesMax);
  const trace = violation?.trace ?? [];
  return { name, killed: violation !== undefined, by: violation?.invariant.name, steps: trace.length, states, trace };
}

export function checkModel({ configurations, mutants, nowMs, ...listener }: CheckOptions): ModelReport {
  const startMs = nowMs();
  const checked = configurations.map((configuration) => {
    const each = checkConfiguration(configuration, nowMs);
    listener.onConfiguration?.(each);
    return each;
  });
  const mutantsList = mutants.map((mutant) => {
    const each = checkMutant(mutant);
    listener.onMutant?.(each);
    return each;
  });
  return {
    states: checked.reduce((sum, { states }) => sum + states, 0),
    transitions: checked.reduce((sum, { transitions }) => sum + transitions, 0),
    violations: checked.filter(({ broken }) => broken !== undefined).length,
    mutants: mutantsList.length,
    killed: mutantsList.filter(({ killed }) => killed).length,
    unbroken: invariants.map(({ name }) => name).filter((name) => !mutantsList.some(({ by }) => by === name)),
    configurations: checked,
    mutantsList,
    seconds: (nowMs() - startMs) / 1000,
  };
}

/** Whether all is well: every invariant holds, every mutant is killed, and there is no invariant that cannot fail. */
export function isPassed({ violations, mutants, killed, unbroken }: ModelReport): boolean {
  return violations === 0 && killed === mutants && unbroken.length === 0;
}
