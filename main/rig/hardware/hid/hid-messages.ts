// What goes between the HID thread and whoever uses a HID rig: over one port for each line.
import type {
  EndHidThread,
  HidLineEnded,
  HidRig,
  HidRigsListed,
  ListHidRigs,
} from '../../../../common/contract/hid-rigs.ts';
import type { Role } from '../../../../common/device-protocol/messages.ts';
import type { DigitalInputs } from '../device.ts';
import type { LineCounts } from './line-counts.ts';

export type ToHid =
  | ListHidRigs
  /** Opens the one rig with this serial number; blocks are so long, or as the rig says. */
  | { readonly kind: 'open'; readonly serialNumber: string; readonly blockMilliseconds?: number }
  | { readonly kind: 'open-role'; readonly role: Role }
  /** @see RoleFrame */
  | { readonly kind: 'frame'; readonly role: Role; readonly frame: Uint8Array }
  | { readonly kind: 'close-role'; readonly role: Role }
  /** The user has taken so many more frames and changes of digital inputs. */
  | { readonly kind: 'messages-taken'; readonly messages: number }
  | { readonly kind: 'count' }
  | EndHidThread;

export type FromHid =
  | HidRigsListed
  | { readonly kind: 'opened'; readonly rig: HidRig }
  | { readonly kind: 'frame'; readonly role: Role; readonly frame: Uint8Array }
  /** The system has taken a frame. */
  | { readonly kind: 'taken'; readonly role: Role }
  | ({ readonly kind: 'digital-inputs' } & DigitalInputs)
  | { readonly kind: 'counts'; readonly counts: LineCounts; readonly digitalInputs: number }
  /** Nothing comes after it but answers to 'list' and 'open'. */
  | HidLineEnded;
