// The operator's answer to a trip: which cause, chosen by hand and never beforehand. Runs in the page.
import type { FaultCode } from '../../common/contract/faults.ts';
import type { RigStatus } from '../../common/contract/rig-status.ts';
import { sentence } from '../words/format.ts';
import type { GiveCommand } from './give-command.ts';

export class TripAnswer {
  /** Undefined until somebody chooses: no default, so that no alarm is dismissed by habit. */
  chosen = $state<FaultCode | undefined>();
  /** Why the last answer was not taken, in words; '' when it was. */
  refused = $state('');
  readonly #call: GiveCommand;
  #cause: FaultCode | undefined;

  constructor(call: GiveCommand) {
    this.#call = call;
  }

  /** Another cause, or none any more: what was chosen for the last one is forgotten. */
  note({ interlock }: RigStatus): void {
    const cause = interlock.firstCause?.code;
    if (cause === this.#cause && !interlock.isAcknowledged) return;
    this.#cause = cause;
    this.chosen = undefined;
    this.refused = '';
  }

  choose(cause: FaultCode): void {
    this.chosen = cause;
    this.refused = '';
  }

  /** Names the chosen cause to the rig; without one nothing happens. */
  async acknowledge(): Promise<void> {
    if (this.chosen === undefined) return;
    const outcome = await this.#call('trip.acknowledge', { cause: this.chosen });
    this.refused = 'refusal' in outcome ? `${sentence(outcome.refusal.what)} ${outcome.refusal.cure}` : '';
  }
}
