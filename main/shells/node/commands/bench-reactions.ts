// Reaction times of trips, from what the bench noted and what the device wrote with its own clock. Main process of the plain-Node shell; pure.
import { percentile } from '../../../../common/base/percentile.ts';

/** One trip as the bench saw it; host ns. */
export interface BenchTrip {
  cause: string;
  session: number;
  causedNs: number;
  stopSentNs: number | undefined;
  confirmedNs: number;
  watchdog: { didStop: boolean; longestPauseNs: number } | undefined;
}

/** A line of the device's output journal; device µs. Only what is used here. */
export interface OutputLine {
  kind: string;
  at: number;
  session?: number;
  leaseExpiry?: number;
  isDry?: boolean;
  firstFemtocoulombs?: number;
  secondFemtocoulombs?: number;
}

/** ms. */
export interface ReactionTable {
  cause: string;
  /** From the cause to this. */
  to: string;
  count: number;
  p50: number;
  p99: number;
  p9999: number;
  max: number;
}

export interface Reactions {
  reactions: ReactionTable[];
  pulses: number;
  pulsesPastLease: number;
  unbalancedPulses: number;
  /** Hangs that the watchdog, itself without a turn, slept through; the rig thread trips after them. */
  sleptThrough: { hangs: number; longestPauseMilliseconds: number };
}

function table(cause: string, to: string, values: readonly number[]): ReactionTable {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (fraction: number) => percentile(sorted, fraction);
  return { cause, to, count: sorted.length, p50: at(0.5), p99: at(0.99), p9999: at(0.9999), max: at(1) };
}

/** What happened in one session of the device. */
interface SessionEvents {
  offAt: number | undefined;
  pulses: number[];
}

/** The lease is judged again here, by the device's lines alone. */
class LeaseJudge {
  readonly sessions = new Map<number, SessionEvents>();
  #session = 0;
  #expiry = -Infinity;
  pulses = 0;
  pulsesPastLease = 0;
  unbalancedPulses = 0;

  take({
    kind,
    at,
    session = 0,
    leaseExpiry = -Infinity,
    firstFemtocoulombs = 0,
    secondFemtocoulombs = 0,
  }: OutputLine): void {
    switch (kind) {
      case 'enabled':
        this.#session = session;
        this.#expiry = leaseExpiry;
        this.sessions.set(session, { offAt: undefined, pulses: [] });
        return;
      case 'renewed':
        if (session === this.#session) this.#expiry = Math.max(this.#expiry, leaseExpiry);
        return;
      case 'stopped':
      case 'lapsed': {
        this.#expiry = -Infinity;
        const current = this.sessions.get(this.#session);
        if (current !== undefined) current.offAt ??= at;
        return;
      }
      case 'pulse':
        this.pulses++;
        if (!(at < this.#expiry)) this.pulsesPastLease++;
        if (firstFemtocoulombs + secondFemtocoulombs !== 0) this.unbalancedPulses++;
        this.sessions.get(session)?.pulses.push(at);
    }
  }
}

/** @param clockOffsetMicroseconds of the device's clock against the host's: the bench has set it. */
export function reactions(
  trips: readonly BenchTrip[],
  events: Iterable<OutputLine>,
  clockOffsetMicroseconds: number,
): Reactions {
  const judge = new LeaseJudge();
  for (const event of events) judge.take(event);
  const groups = new Map<string, { sent: number[]; off: number[]; last: number[]; confirmed: number[] }>();
  for (const { cause, session, causedNs, stopSentNs, confirmedNs } of trips) {
    let group = groups.get(cause);
    if (group === undefined) groups.set(cause, (group = { sent: [], off: [], last: [], confirmed: [] }));
    const causedAt = causedNs / 1000 + clockOffsetMicroseconds;
    const found = judge.sessions.get(session);
    if (stopSentNs !== undefined) group.sent.push((stopSentNs - causedNs) / 1e6);
    if (found?.offAt !== undefined) group.off.push((found.offAt - causedAt) / 1000);
    // A trip after which no pulse began counts as 0: the last one was before it.
    group.last.push(Math.max(0, ((found?.pulses.at(-1) ?? -Infinity) - causedAt) / 1000));
    group.confirmed.push((confirmedNs - causedNs) / 1e6);
  }
  const slept = trips.flatMap(({ watchdog }) => (watchdog === undefined || watchdog.didStop ? [] : [watchdog]));
  const longestPauseNs = Math.max(0, ...slept.map((each) => each.longestPauseNs));
  const sleptThrough = { hangs: slept.length, longestPauseMilliseconds: longestPauseNs / 1e6 };
  const { pulses, pulsesPastLease, unbalancedPulses } = judge;
  const tables = [...groups].flatMap(([cause, { sent, off, last, confirmed }]) => [
    ...(sent.length === 0 ? [] : [table(cause, 'stop on the wire by the rig thread', sent)]),
    table(cause, 'output off at the device', off),
    table(cause, 'last pulse at the device', last),
    table(cause, 'off confirmed to the rig thread', confirmed),
  ]);
  return { reactions: tables, pulses, pulsesPastLease, unbalancedPulses, sleptThrough };
}
