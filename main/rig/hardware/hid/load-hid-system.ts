// Loads what reaches the HID devices of this computer; runs in the HID thread.
import { loadHidSource } from '../hid-input.ts';
import { openReportDevice } from './open-report-device.ts';
import type { HidSystem } from './serve-hid-rig.ts';

/** @returns why HID devices cannot be used here, where they cannot */
export async function loadHidSystem(): Promise<HidSystem | { unsupported: string }> {
  const source = await loadHidSource();
  if ('unsupported' in source) return source;
  return { devices: () => source.devices(), open: openReportDevice };
}
