// The page's keyboard: what a key means where. Runs in the page.
import type { ViewName } from './view-name.ts';

export type KeyAction =
  | { action: 'stop' | 'mark' | 'note' | 'presence' | 'tighten' | 'hold-traces' | 'keyboard-map' }
  | { action: 'view'; view: ViewName };

/** What of a key press decides. */
export interface KeyPress {
  key: string;
  repeat: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** The key that is held as the presence control. */
export function isPresenceKey(key: string): boolean {
  return key === 'p' || key === 'P';
}

const viewKeys: Readonly<Record<string, ViewName>> = {
  1: 'rig',
  2: 'design',
  3: 'run',
  4: 'review',
  5: 'network',
  6: 'help',
};

/**
 * @param isTyping whether the key goes into a field. Escape stops from there too; nothing else is taken from it.
 * @param isRecording whether Space marks; without a recording it keeps its usual meaning.
 */
export function keyAction(press: KeyPress, isTyping: boolean, isRecording: boolean): KeyAction | undefined {
  if (press.repeat) return undefined;
  if (press.key === 'Escape') return { action: 'stop' };
  if (isTyping || press.ctrlKey || press.altKey || press.metaKey) return undefined;
  const view = viewKeys[press.key];
  if (view !== undefined) return { action: 'view', view };
  if (isPresenceKey(press.key)) return { action: 'presence' };
  switch (press.key) {
    case ' ':
      return isRecording ? { action: 'mark' } : undefined;
    case 'n':
    case 'N':
      return { action: 'note' };
    case 'l':
    case 'L':
      return { action: 'tighten' };
    case 'f':
    case 'F':
      return { action: 'hold-traces' };
    case '?':
      return { action: 'keyboard-map' };
    default:
      return undefined;
  }
}

/** The map that `?` shows. */
export const keyboardMap: readonly { keys: string; does: string }[] = [
  { keys: 'Esc', does: 'Stop: output off at once, from everywhere, also while typing' },
  { keys: '1', does: 'Rig' },
  { keys: '2', does: 'Design' },
  { keys: '3', does: 'Run' },
  { keys: '4', does: 'Review' },
  { keys: '5', does: 'Network' },
  { keys: '6', does: 'Help' },
  { keys: 'Space', does: 'Mark this moment while recording; Enter presses the control that has the focus' },
  { keys: 'N', does: 'Write a note into the recording' },
  { keys: 'F', does: 'Hold the traces still or let them go on; recording is not touched' },
  { keys: 'L', does: 'Tighten limits for this session, in every state' },
  { keys: 'P held', does: 'Presence: held down while stimuli near a limit are delivered' },
  { keys: 'any key', does: 'Says that the operator is there, as every click does' },
  { keys: 'Enter held 1 s', does: 'The second control of arming' },
  { keys: '+ −', does: 'Traces: shorter or longer time' },
  { keys: '↑ ↓', does: 'Traces: larger or smaller amplitude; splitters: move' },
  { keys: '← →', does: 'Traces: look back and forth; splitters: move' },
  { keys: 'End', does: 'Traces: back to now' },
  { keys: 'Tab', does: 'Next control' },
  { keys: '?', does: 'This map' },
];
