// How the page finds the core: the shape that both ways share. Runs in the page.
import type { Disposable } from '../../common/base/disposable.ts';
import type { Event } from '../../common/base/event.ts';
import type { Port } from '../../common/transport/port.ts';

export interface Transport {
  /**
   * Makes one attempt. At most one of the listeners is called, once.
   * Dispose the answer to give the attempt up; a port that was handed out belongs to the receiver.
   */
  open(onPort: (port: Port) => void, onFailure: () => void): Disposable;
  /** Where files and folders lie that were dropped onto the page; only of a shell that knows it. */
  readonly onDroppedPaths?: Event<readonly string[]>;
  /** What a person can do when no attempt succeeds. */
  readonly cure: string;
}
