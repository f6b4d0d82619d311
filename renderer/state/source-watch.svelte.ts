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
  /** Stream time at which it was noticed, s; undefined when it was there before this page. */
  atSeconds: number | undefined;
  /** Samples lost, or ms without data. */
  amount: number;
  /** Gaps in which samples were lost. */
  gaps: number;
}

export class SourceWatch {
  alarms = $state.raw<SourceAlarm[]>([]);
  #isFirst = true;
  #seenLost = 0;
  #connection = '';

  note({ source, session }: RigStatus): void {
    const connection = session.stage === 'idle' ? '' : `${session.experiment?.file ?? ''} ${source.description}`;
    if (connection !== this.#connection || source.samplesLost < this.#seenLost) this.#forget();
    this.#connection = connection;
    if (connection === '' || session.stage === 'connecting') {
      this.#isFirst = false;
      return;
    }
    const isStalled = source.newestSampleAgeMilliseconds > stalledAfterMs;
    const atSeconds = this.#isFirst ? undefined : session.elapsedSeconds;
    this.#isFirst = false;
    const { closedReason } = source;
    this.#set('closed', closedReason !== undefined, atSeconds, {
      what: `The source is gone: ${closedReason ?? ''}`,
      toDo: 'Check the device and its cable, then disconnect and connect again.',
      amount: source.newestSampleAgeMilliseconds,
    });
    this.#set('stalled', isStalled && closedReason === undefined, atSeconds, {
      what: 'The source sends no data',
      toDo: 'Check the device and its cable. Traces and counters stand still until data come again.',
      amount: source.newestSampleAgeMilliseconds,
    });
    this.#noteLost(source.samplesLost, source.gaps, atSeconds);
  }

  /** Somebody has seen the alarm: what is over goes away, what goes on stays. */
  see(kind: SourceAlarm['kind']): void {
    if (kind === 'lost') this.#seenLost += this.#alarm('lost')?.amount ?? 0;
    this.alarms = this.alarms.filter((alarm) => alarm.kind !== kind || alarm.isGoingOn);
  }

  #noteLost(samplesLost: number, gaps: number, atSeconds: number | undefined): void {
    const amount = samplesLost - this.#seenLost;
    if (amount <= 0 || this.#alarm('lost')?.amount === amount) return;
    this.#put({
      kind: 'lost',
      what: 'Samples were lost',
      toDo: 'Check the cable and the load of this computer. The gap is marked in the recording.',
      isGoingOn: false,
      atSeconds: this.#alarm('lost') === undefined ? atSeconds : this.#alarm('lost')?.atSeconds,
      amount,
      gaps,
    });
  }

  /** Begins, goes on with or ends an alarm that lasts; a ended one waits to be seen with its greatest amount. */
  #set(
    kind: 'closed' | 'stalled',
    isGoingOn: boolean,
    atSeconds: number | undefined,
    words: { what: string; toDo: string; amount: number },
  ): void {
    const before = this.#alarm(kind);
    if (isGoingOn) {
      this.#put({ kind, isGoingOn, gaps: 0, ...words, atSeconds: before === undefined ? atSeconds : before.atSeconds });
    } else if (before?.isGoingOn === true) this.#put({ ...before, isGoingOn });
  }

  #alarm(kind: SourceAlarm['kind']): SourceAlarm | undefined {
    return this.alarms.find((alarm) => alarm.kind === kind);
  }

  #put(alarm: SourceAlarm): void {
    const index = this.alarms.findIndex(({ kind }) => kind === alarm.kind);
    this.alarms = index < 0 ? [...this.alarms, alarm] : this.alarms.with(index, alarm);
  }

  #forget(): void {
    this.alarms = [];
    this.#seenLost = 0;
  }
}
