// Reads the file of impedances that RHX saves: there is no other way to get them from it; pure, runs in the rig thread.

export interface ElectrodeImpedance {
  /** Native name, such as A-007. */
  readonly channel: string;
  readonly isEnabled: boolean;
  /** At the frequency of the file. */
  readonly ohms: number;
  readonly degrees: number;
}

export interface ImpedanceFile {
  readonly frequencyHz: number;
  readonly electrodes: readonly ElectrodeImpedance[];
}

const head =
  /^Channel Number,Channel Name,Port,Enabled,Impedance Magnitude at ([\d.]+) Hz \(ohms\),Impedance Phase at /;

/** @param text of the .csv file @returns undefined when it is no such file, or a line of it is damaged */
export function readImpedanceFile(text: string): ImpedanceFile | undefined {
  const [first = '', ...lines] = text.split(/\r?\n/);
  const frequencyHz = Number(head.exec(first)?.[1]);
  if (!(frequencyHz > 0)) return undefined;
  const electrodes: ElectrodeImpedance[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const fields = line.split(',');
    // The name that a person has given may hold commas: the numbers are counted from the end.
    const [enabled, ohms, degrees] = fields.slice(-5).map(Number);
    const channel = fields[0]!;
    const isWhole = fields.length >= 8 && /^[A-H]-\d{3}$/.test(channel);
    if (!isWhole || !(ohms! >= 0) || !Number.isFinite(degrees) || (enabled !== 0 && enabled !== 1)) return undefined;
    electrodes.push({ channel, isEnabled: enabled === 1, ohms: ohms!, degrees: degrees! });
  }
  return { frequencyHz, electrodes };
}
