// The one shape of a connection between a page and the core, whatever carries it.
import type { Disposable } from '../base/disposable.ts';

/** Text carries commands, bytes carry the live stream. Messages arrive whole and in order, or the port closes. */
export type PortMessage = string | Uint8Array;

export interface Port extends Disposable {
  send(message: PortMessage): void;
  /** At most one receiver; messages that come before it is set are kept. */
  receive(receiver: (message: PortMessage) => void): void;
  /** Called once when the other side is gone. */
  onClose(listener: () => void): Disposable;
}
