// Runs the station's stop, presence and trigger inputs: settings, rounds, reports, end. Stop-input thread.
import type { MessagePort } from 'node:worker_threads';
import { type ControlBlock, controlWord, stopInputState } from '../../../common/base/control-block.ts';
import type { StopInputsReport } from '../../../common/contract/stop-inputs.ts';
import type { HidSource } from '../hardware/hid-input.ts';
import { readStationSettings } from './read-station-settings.ts';
import type { FromStopInputs, ToStopInputs } from './stop-input-messages.ts';
import { StopInputs } from './stop-inputs.ts';

export interface StopInputsStart {
  control: ControlBlock;
  port: MessagePort;
  /** To the rig thread: TriggerPresses. */
  triggerPort: MessagePort;
  /** Path of `station.json`; it need not exist. */
  settingsFile: string;
}

/** Loads what reads HID devices, or says why it cannot. */
export type LoadHidSource = () => Promise<HidSource | { unsupported: string }>;

const roundMilliseconds = 50;

const now = () => Number(process.hrtime.bigint());

/** Runs until the port says `end` or closes. */
export function startStopInputs(
  { control, port, triggerPort, settingsFile }: StopInputsStart,
  load: LoadHidSource,
): void {
  // Until more is known: the rig does not arm on an input that may be missing.
  Atomics.store(control, controlWord.stopInputState, stopInputState.missing);
  const send = (report: StopInputsReport) => port.postMessage({ kind: 'report', report } satisfies FromStopInputs);
  let inputs: StopInputs | undefined;
  let isEnding = false;

  function round(): void {
    Atomics.add(control, controlWord.stopInputBeat, 1);
    inputs?.round(now());
    const report = inputs?.takeReport();
    if (report !== undefined) send(report);
    for (const presses of inputs?.takePresses() ?? []) triggerPort.postMessage(presses);
  }

  async function begin(): Promise<void> {
    const { settings, problems } = readStationSettings(settingsFile);
    if (settings === undefined) return send({ inputs: [], problems });
    const { stopInputs, triggerInputs } = settings;
    const hasTriggers = triggerInputs.length > 0;
    if (stopInputs.length === 0) Atomics.store(control, controlWord.stopInputState, stopInputState.none);
    if (hasTriggers) Atomics.store(control, controlWord.triggerInputState, stopInputState.missing);
    if (stopInputs.length === 0 && !hasTriggers) return send({ inputs: [], problems: [] });
    const source = await load();
    if (isEnding) return;
    if ('unsupported' in source) {
      const cure =
        'Install what the message names (Debian and Ubuntu: libusb-1.0-0, libudev1), or take stopInputs and triggerInputs out of station.json, and stop and mark by the keyboard';
      return send({ inputs: [], problems: [{ code: 'unsupported', what: source.unsupported, cure }] });
    }
    inputs = new StopInputs(settings, source, control, now);
    round();
  }

  const rounds = setInterval(round, roundMilliseconds);

  function end(): void {
    if (isEnding) return;
    isEnding = true;
    clearInterval(rounds);
    inputs?.dispose();
    port.close();
    triggerPort.close();
  }
  port.on('message', (message: ToStopInputs) => {
    if (message.kind === 'end') end();
  });
  port.on('close', end);
  void begin();
}
