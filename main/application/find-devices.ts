// Which devices there are, kind by kind, and what is wrong with each: for the rig page and for `exocortex devices`. Main process.
import { join } from 'node:path';
import type { DeviceProblem, FoundDevice, ListingFault } from '../../common/contract/devices.ts';
import type { HidFault, HidRig } from '../../common/contract/hid-rigs.ts';
import type { SerialFault, SerialStimulatorPort } from '../../common/contract/serial-stimulators.ts';
import type { StationSettings } from '../../common/contract/station-settings.ts';
import type { StopInputsReport } from '../../common/contract/stop-inputs.ts';
import type { Source } from '../../common/experiment/source.ts';
import type { Platform } from '../rig/platform.ts';
import { readStationSettings } from '../rig/stop-inputs/read-station-settings.ts';
import { type MayOpen, mayOpen, noRight } from './device-access.ts';
import { DeviceFinder, type Asked } from './device-finder.ts';
import { missingToken } from './device-token.ts';
import { listHidRigs } from './list-hid-rigs.ts';
import { listSerialStimulators } from './list-serial-stimulators.ts';
import { openEphysAddress, rhxAddress } from './recording-programs.ts';
import { stopInputDevices, unheardStopInputs } from './stop-input-devices.ts';

export interface FindOptions {
  platform: Pick<Platform, 'programsFolder' | 'applicationFolder' | 'stationFolder'>;
  /** Sources that the experiments of the library name. */
  sources: () => Promise<readonly Source[]>;
  /** What the stop-input thread says; undefined: there is none. */
  stopInputs: () => StopInputsReport | undefined;
  isQuiet: () => boolean;
  answerMilliseconds: number;
  /** What else is used of the system; tests give their own. */
  system?: Partial<FindSystem>;
}

export interface FindSystem {
  hidRigs(): Promise<readonly HidRig[] | HidFault>;
  serialStimulators(): Promise<readonly SerialStimulatorPort[] | SerialFault>;
  mayOpen: MayOpen;
}

const protocolWords = {
  'pulse-pal-2': 'Arduino Due, which may be a Pulse Pal 2',
  stimjim: 'Teensy, which may be a StimJim',
} as const;

const virtualRig: FoundDevice = {
  kind: 'virtual-rig',
  name: 'Virtual rig with tissue or a recording in it',
  path: '',
  capability: 'L3',
  condition: 'ready',
  problems: [],
};

const unaskedBoard: DeviceProblem = {
  what: 'Any board of this make has these USB numbers: who is there is asked when it is opened.',
  toDo: 'Look at the board itself.',
};

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;
}

function faultOf(kind: ListingFault['kind'], { code, message }: HidFault | SerialFault): ListingFault {
  const isKnown = code === 'unsupported' || code === 'enumeration-stalled';
  return {
    kind,
    code: isKnown ? code : 'enumeration-failed',
    message: sentence(message),
    toDo: code === 'unsupported' ? 'Install what the message names; everything else can be used.' : 'Look again.',
  };
}

/** What stands in the way of connecting a HID rig. */
function hidProblems(
  rig: HidRig,
  all: readonly HidRig[],
  settings: StationSettings | undefined,
  file: string,
): DeviceProblem[] {
  const { serialNumber } = rig;
  if (serialNumber === undefined)
    return [
      {
        what: 'The board shows no serial number, and an experiment names a rig by its serial number.',
        toDo: 'Write one into its board-settings.h, and load its firmware again.',
      },
    ];
  const alike = all.filter((other) => other.serialNumber === serialNumber).length;
  if (alike > 1)
    return [
      {
        what: `${alike} rigs have the serial number ${serialNumber}: nothing tells them apart.`,
        toDo: 'Unplug all but the one that is meant.',
      },
    ];
  if (settings?.hidRigs.some((known) => known.serialNumber === serialNumber)) return [];
  const { what, cure } = missingToken(file, serialNumber);
  return [{ what: `${what}.`, toDo: cure }];
}

/** @returns what finds all kinds; one for the life of the program, so that what hangs is asked once */
export function findDevices(options: FindOptions): DeviceFinder {
  const { platform, sources, stopInputs, isQuiet, answerMilliseconds } = options;
  const { applicationFolder, stationFolder } = platform;
  const settingsFile = join(stationFolder, 'station.json');
  const system: FindSystem = {
    hidRigs: () => listHidRigs(platform),
    serialStimulators: () => listSerialStimulators(platform),
    mayOpen,
    ...options.system,
  };

  async function rightProblems(path: string) {
    return (await system.mayOpen(path)) ? [] : [noRight(path, applicationFolder)];
  }

  async function hidRigs(): Promise<Asked> {
    const rigs = await system.hidRigs();
    if ('code' in rigs) return faultOf('hid-rig', rigs);
    const { settings } = readStationSettings(settingsFile);
    return Promise.all(
      rigs.map(async (rig): Promise<FoundDevice> => {
        const problems = [...(await rightProblems(rig.path)), ...hidProblems(rig, rigs, settings, settingsFile)];
        const { path, product, serialNumber, vendorId, productId } = rig;
        return {
          ...({ kind: 'hid-rig', name: product, path, vendorId, productId } as const),
          ...(serialNumber === undefined ? {} : { serialNumber }),
          capability: 'L3',
          condition: problems.length === 0 ? 'ready' : 'unusable',
          problems,
        };
      }),
    );
  }

  async function serialStimulators(): Promise<Asked> {
    const ports = await system.serialStimulators();
    if ('code' in ports) return faultOf('serial-stimulator', ports);
    return Promise.all(
      ports.map(async ({ path, serialNumber, vendorId, productId, protocol }): Promise<FoundDevice> => {
        const rights = await rightProblems(path);
        const board = { kind: 'serial-stimulator', name: protocolWords[protocol], path, vendorId, productId } as const;
        return {
          ...board,
          ...(serialNumber === undefined ? {} : { serialNumber }),
          capability: 'L1',
          condition: rights.length === 0 ? 'not-asked' : 'unusable',
          problems: rights.length === 0 ? [unaskedBoard] : rights,
        };
      }),
    );
  }

  async function ofSources<K extends Source['kind']>(
    kind: K,
    look: (source: Extract<Source, { kind: K }>) => Promise<FoundDevice>,
  ): Promise<FoundDevice[]> {
    const named = (await sources()).filter((source): source is Extract<Source, { kind: K }> => source.kind === kind);
    const found = await Promise.all(named.map((source) => look(source)));
    const isSame = (a: FoundDevice, b: FoundDevice) => a.path === b.path && a.name === b.name;
    return found.filter((device, index) => found.findIndex((other) => isSame(other, device)) === index);
  }

  function stationStopInputs(): Asked {
    const report = stopInputs();
    if (report !== undefined) return stopInputDevices(report);
    const { settings, problems } = readStationSettings(settingsFile);
    return settings === undefined ? stopInputDevices({ inputs: [], problems }) : unheardStopInputs(settings);
  }

  return new DeviceFinder({
    isQuiet,
    answerMilliseconds,
    kinds: [
      { kind: 'virtual-rig', words: 'virtual rigs', canStall: false, ask: () => Promise.resolve([virtualRig]) },
      { kind: 'hid-rig', words: 'HID rigs', canStall: true, ask: hidRigs },
      { kind: 'serial-stimulator', words: 'serial ports', canStall: true, ask: serialStimulators },
      {
        kind: 'intan-rhx',
        words: 'Intan controllers',
        canStall: false,
        ask: () => ofSources('intan-rhx', (source) => Promise.resolve(rhxAddress(source))),
      },
      {
        kind: 'open-ephys',
        words: 'Open Ephys GUIs',
        canStall: false,
        ask: () => ofSources('open-ephys', openEphysAddress),
      },
      { kind: 'stop-input', words: 'stop inputs', canStall: false, ask: () => Promise.resolve(stationStopInputs()) },
    ],
  });
}
