// A page without a screen: gives commands and hears the status. Main process of the plain-Node shell.
import type {
  CommandAnswers,
  CommandName,
  CommandRefusal,
  CommandRequest,
} from '../../../../common/contract/commands.ts';
import type { FaultCode } from '../../../../common/contract/faults.ts';
import type { RigStatus } from '../../../../common/contract/rig-status.ts';
import type { LiveHeader } from '../../../../common/contract/streams.ts';
import { portPair } from '../../../../common/transport/port-pair.ts';
import { CommandClient } from '../../../../common/transport/rpc.ts';
import { unpackSections } from '../../../../common/transport/sections.ts';
import type { Application } from '../../../application/application.ts';

/** A command was refused; the message says why and what to do. */
export class RefusedCommand extends Error {
  override readonly name = 'RefusedCommand';

  constructor({ what, cure }: Pick<CommandRefusal, 'what' | 'cure'>) {
    super(`${what}. ${cure}`);
  }
}

export class HeadlessOperator {
  readonly #client: CommandClient;
  #listeners = new Set<(status: RigStatus) => void>();
  /** The newest status; undefined before the first. */
  status: RigStatus | undefined;

  /** @param onMessage gets what the core says without being asked. */
  constructor(application: Application, onMessage: (text: string) => void) {
    const [near, far] = portPair();
    application.attachPage(far);
    this.#client = new CommandClient(
      near,
      (notice) => {
        if (notice.notice === 'message') onMessage(notice.text);
      },
      (bytes) => this.#take(bytes),
    );
  }

  /** @throws RefusedCommand */
  async give<N extends CommandName>(command: N, request: CommandRequest<N>): Promise<CommandAnswers[N]> {
    const outcome = await this.#client.call(command, request);
    if ('refusal' in outcome) throw new RefusedCommand(outcome.refusal);
    return outcome.answer;
  }

  onStatus(listener: (status: RigStatus) => void): void {
    this.#listeners.add(listener);
  }

  /** Resolves with the first status for which `condition` holds. @throws RefusedCommand after `seconds`. */
  until(condition: (status: RigStatus) => boolean, seconds: number, what: string): Promise<RigStatus> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(listener);
        act();
      };
      const listener = (status: RigStatus) => {
        if (condition(status)) settle(() => resolve(status));
      };
      const timer = setTimeout(() => {
        settle(() =>
          reject(
            new RefusedCommand({
              what: `${what} did not happen within ${seconds} s${this.#trip}`,
              cure: 'Check the load of this computer and try again.',
            }),
          ),
        );
      }, seconds * 1000);
      this.#listeners.add(listener);
    });
  }

  /** Connects an experiment and waits until the noise of its electrodes is known, and where there are two clocks until they are aligned. */
  async connect(file: string, pacing: 'real-time' | 'fast', startFrom?: string): Promise<void> {
    await this.give('live.subscribe', { signal: 'band' });
    await this.give('rig.connect', { file, pacing, ...(startFrom === undefined ? {} : { startFrom }) });
    await this.until((status) => status.source.noiseMicrovolts.length > 0, 30, 'the estimate of the noise');
    // Without a loop nothing has to be in time.
    if (this.status?.interlock.hasStimulator === false || this.status?.interlock.presence.isDeadMan === true) return;
    // What keeps them apart, arming tells.
    if (this.status?.clockSync !== undefined) {
      await this.until(({ clockSync }) => clockSync?.isAligned === true, 20, '').catch(() => undefined);
      // Its ticks are late by the nature of such a source.
      return;
    }
    // The first ticks of new programs are slow; the self-test of arming judges the second after them.
    await this.until(({ loop }) => loop.recent.p99 <= loop.deadlineMilliseconds, 10, '').catch(() => undefined);
  }

  /** Names a cause that is latched and resets the rig. @throws RefusedCommand */
  async acknowledge(cause: FaultCode): Promise<void> {
    await this.give('trip.acknowledge', { cause });
    await this.until(({ interlock }) => interlock.canReset, 10, 'the end of the cause');
    await this.give('trip.reset', {});
    // Statuses come a few times a second: the newest may be from before.
    await this.until(({ interlock }) => interlock.firstCause === undefined, 10, 'the reset');
  }

  /** Both controls of arming. @throws RefusedCommand naming every check that failed. */
  async arm(operator: string): Promise<void> {
    const summary = await this.give('arm.request', { operator });
    if (!summary.isReady) {
      const missing = summary.checks
        .filter(({ isPassed }) => !isPassed)
        .map(({ check, detail }) => `${check} (${detail})`);
      throw new RefusedCommand({
        what: `the rig cannot be armed: ${missing.join('; ')}`,
        cure: 'Mend this, or record a control run with --disarmed.',
      });
    }
    await this.give('arm.confirm', { heldMilliseconds: 1000 });
  }

  /** What may have kept something from happening. */
  get #trip(): string {
    const cause = this.status?.interlock.firstCause;
    return cause === undefined ? '' : `: the rig has tripped (${cause.code}, ${cause.message})`;
  }

  #take(bytes: Uint8Array): void {
    const { header } = unpackSections<LiveHeader, unknown>(bytes);
    this.status = header.status;
    void this.#client.call('live.acknowledge', { frame: header.frame });
    for (const listener of [...this.#listeners]) listener(header.status);
  }
}
