// The token of the HID rig that an experiment names, from this station's settings; main process.
import { join } from 'node:path';
import type { CommandRefusal } from '../../common/contract/commands.ts';
import type { CheckedExperiment } from '../../common/experiment/checked-experiment.ts';
import { readStationSettings } from '../rig/stop-inputs/read-station-settings.ts';

/** @returns the token, undefined for a source that needs none, or why there is none and what to write where */
export function deviceToken(
  { experiment: { source, stimulator } }: CheckedExperiment,
  stationFolder: string,
): { token: string | undefined } | { refusal: CommandRefusal } {
  const rig = stimulator ?? source;
  if (rig.kind !== 'hid-rig') return { token: undefined };
  const file = join(stationFolder, 'station.json');
  const { settings, problems } = readStationSettings(file);
  if (settings === undefined) {
    const [first] = problems;
    return { refusal: { code: 'invalid', what: first?.what ?? file, cure: first?.cure ?? 'Correct it' } };
  }
  const { serialNumber } = rig;
  const token = settings.hidRigs.find((each) => each.serialNumber === serialNumber)?.token;
  if (token !== undefined) return { token };
  return { refusal: { code: 'invalid', ...missingToken(file, serialNumber) } };
}

/** @param file path of `station.json` */
export function missingToken(file: string, serialNumber: string): { what: string; cure: string } {
  const entry = JSON.stringify({ hidRigs: [{ serialNumber, token: 'as in its board-settings.h' }] });
  return { what: `${file} holds no token of HID rig ${serialNumber}`, cure: `Write ${entry} into it.` };
}
