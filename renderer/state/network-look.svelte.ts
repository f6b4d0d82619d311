// Looks into the simulated network while its view is open: asks the core for samples and keeps the newest. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { NetworkPicture } from '../../common/contract/network-picture.ts';
import type { PageTime } from '../time/page-time.ts';
import { LearningHistory } from './learning-history.ts';
import type { GiveCommand } from './give-command.ts';

const checkEveryMs = 250;

export class NetworkLook implements Disposable {
  /** Undefined before the first sample of the connected experiment. */
  picture = $state.raw<NetworkPicture | undefined>();
  /** What signals and synapses were over the last minute; changes with `picture`. */
  readonly history = new LearningHistory();
  /** Time since the newest sample, or since one is waited for. */
  ageMs = $state(0);
  readonly #call: GiveCommand;
  readonly #time: PageTime;
  readonly #check: Disposable;
  #isLooking = false;
  #sinceMs: number;

  constructor(call: GiveCommand, time: PageTime) {
    this.#call = call;
    this.#time = time;
    this.#sinceMs = time.nowMs();
    this.#check = time.every(checkEveryMs, () => (this.ageMs = time.nowMs() - this.#sinceMs));
  }

  /** The view is opened or left. */
  look(isLooking: boolean): void {
    if (isLooking === this.#isLooking) return;
    this.#isLooking = isLooking;
    this.#await();
    void this.#call('live.inspect', { network: isLooking });
  }

  /** On a fresh connection the core does not know who looks. */
  begin(isLooking: boolean): void {
    this.#isLooking = false;
    this.look(isLooking);
  }

  take(picture: NetworkPicture): void {
    this.history.take(picture);
    this.picture = picture;
    this.#await();
  }

  /** The network is another one, or none. */
  forget(): void {
    if (this.picture === undefined) return;
    this.picture = undefined;
    this.history.forget();
    this.#await();
  }

  dispose(): void {
    this.#check.dispose();
  }

  #await(): void {
    this.#sinceMs = this.#time.nowMs();
    this.ageMs = 0;
  }
}
