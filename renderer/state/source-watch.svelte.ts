// Notices at once when the source stops or loses samples, and keeps saying so until somebody has seen it. Runs in the page.
import type { RigStatus } from '../../common/contract/rig-status.ts';

/** Data older than this while connected: the source has stopped. */
const stalledAfterMs = 250;

export interface SourceAlarm {
  kind: 'closed' | 'stalled' | 'lost';
  what: string;
  toDo: string;
  /** It goes on now; false: it is over and waits to be seen. */
  isGoingOn: boolean;
  /** Time of the recording at which it was first noticed, s; undefined when it was there before this page. */
  atSeconds: number | undefined;
  /** Samples lost, or ms without data. */
  amount: number;
  /** Gaps in which samples were lost. */
  gaps: number;
}

type Finding = Omit<SourceAlarm, 'atSeconds'>;

const nothingSeen = { samples: 0, gaps: 0 };

export class SourceWatch {
  alarms = $state.raw<SourceAlarm[]>([]);
  #isFirst = true;
  #connection = '';
  /** Losses that somebody has seen. */
  #seen = nothingSeen;
  /** Losses of the last status. */
  #lost = nothingSeen;

  note(status: RigStatus): void {
    const { source, session } = status;
    const connection =
      session.stage === 'idle' || session.stage === 'connecting'
        ? ''
        : `${session.experiment?.file} ${source.description}`;
    if (connection !== this.#connection || source.samplesLost < this.#lost.samples) this.#forget();
    this.#connection = connection;
    this.#lost = { samples: source.samplesLost, gaps: source.gaps };
    const atSeconds = this.#isFirst ? undefined : session.elapsedSeconds;
    this.#isFirst = false;
    if (connection === '') return;
    const findings = this.#find(source);
    for (const { kind } of this.alarms) if (findings.every((found) => found.kind !== kind)) this.#end(kind);
    for (const found of findings) this.#put({ ...found, atSeconds });
  }

  /** Somebody has seen the alarm: what is over goes away, what goes on stays. */
  see(kind: SourceAlarm['kind']): void {
    if (kind === 'lost') this.#seen = this.#lost;
    this.alarms = this.alarms.filter((alarm) => alarm.kind !== kind || alarm.isGoingOn);
  }

  #find({ closedReason, newestSampleAgeMilliseconds, samplesLost, gaps }: RigStatus['source']): Finding[] {
    const findings: Finding[] = [];
    const silence = { isGoingOn: true, amount: newestSampleAgeMilliseconds, gaps: 0 };
    if (closedReason !== undefined) {
      const toDo = 'Check the device and its cable, then disconnect and connect again.';
      findings.push({ kind: 'closed', what: `The source is gone: ${closedReason}`, toDo, ...silence });
    } else if (newestSampleAgeMilliseconds > stalledAfterMs) {
      const toDo = 'Check the device and its cable. Traces and counters stand still until data come again.';
      findings.push({ kind: 'stalled', what: 'The source sends no data', toDo, ...silence });
    }
    if (samplesLost > this.#seen.samples) {
      const toDo = 'Check the cable and the load of this computer. The gap is marked in the recording.';
      const lost = { isGoingOn: false, amount: samplesLost - this.#seen.samples, gaps: gaps - this.#seen.gaps };
      findings.push({ kind: 'lost', what: 'Samples were lost', toDo, ...lost });
    }
    return findings;
  }

  /** An alarm that begins has its time, one that goes on keeps it. */
  #put(alarm: SourceAlarm): void {
    const index = this.alarms.findIndex(({ kind }) => kind === alarm.kind);
    const before = this.alarms[index];
    this.alarms =
      before === undefined
        ? [...this.alarms, alarm]
        : this.alarms.with(index, { ...alarm, atSeconds: before.atSeconds });
  }

  #end(kind: SourceAlarm['kind']): void {
    this.alarms = this.alarms.map((alarm) => (alarm.kind === kind ? { ...alarm, isGoingOn: false } : alarm));
  }

  #forget(): void {
    this.alarms = [];
    this.#seen = nothingSeen;
  }
}
