// The token of a device that this station's settings name; main process.
import { join } from 'node:path';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { readStationSettings } from '../rig/stop-inputs/read-station-settings.ts';

/** @returns the token, undefined for a source that needs none, or why there is none and what to write where */
export function deviceToken(
  { experiment: { source } }: CheckedExperiment,
  stationFolder: string,
): { token: string | undefined } | { refusal: CommandRefusal } {
  if (source.kind !== 'hid-rig') return { token: undefined };
  const file = join(stationFolder, 'station.json');
  const { settings, problems } = readStationSettings(file);
  if (settings === undefined) {
    const [first] = problems;
    return { refusal: { code: 'invalid', what: first?.what ?? file, cure: first?.cure ?? 'Correct it' } };
  }
  const { serialNumber } = source;
  const token = settings.hidRigs.find((rig) => rig.serialNumber === serialNumber)?.token;
  if (token !== undefined) return { token };
  return { refusal: { code: 'invalid', ...missingToken(file, serialNumber) } };
}

/** @param file path of `station.json` */
export function missingToken(file: string, serialNumber: string): { what: string; cure: string } {
  const entry = JSON.stringify({ hidRigs: [{ serialNumber, token: 'as in its board-settings.h' }] });
  return { what: `${file} holds no token of HID rig ${serialNumber}`, cure: `Write ${entry} into it.` };
}
