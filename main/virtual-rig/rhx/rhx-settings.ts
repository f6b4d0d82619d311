// The settings of an emulated RHX with their spellings, ranges and refusals, as RHX 3.4 has them on the wire; runs in the virtual RHX.

/** What is plugged in. */
export interface VirtualController {
  readonly isStimulator: boolean;
  readonly sampleRateHz: number;
  /** Amplifier channels of ports A, B, … */
  readonly amplifiers: readonly number[];
  /** µA of one stimulation step; of a stimulator. */
  readonly stepMicroamps: number;
}

/** The chip has 8 bits. */
export const stepsMax = 255;

type Setting = {
  readonly name: string;
  value: string;
  readonly isStim?: boolean;
  /** The words of RHX's refusal while running. */
  readonly isFixedWhileRunning?: boolean;
} & (
  | { readonly kind: 'fixed' | 'text' | 'port' }
  | { readonly kind: 'list'; readonly words: readonly string[]; readonly end: string }
  | { readonly kind: 'range'; readonly min: number; readonly max: number; readonly isWhole: boolean }
);

const truth = { kind: 'list', words: ['True', 'False'], end: '' } as const;
const list = (...words: string[]) => ({ kind: 'list', words, end: ';' }) as const;
const range = (min: number, max: number, isWhole = false) => ({ kind: 'range', min, max, isWhole }) as const;

/** As C's %g writes it: 6 significant digits. */
export function formatNumber(value: number): string {
  const rounded = Number(value.toPrecision(6));
  const magnitude = Math.abs(rounded);
  if (magnitude !== 0 && (magnitude >= 1e6 || magnitude < 1e-4))
    return rounded.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return String(rounded);
}

export class RhxSettings {
  readonly #settings = new Map<string, Setting>();
  readonly controller: VirtualController;

  constructor(controller: VirtualController) {
    this.controller = controller;
    const { isStimulator, sampleRateHz, amplifiers, stepMicroamps } = controller;
    this.#add('', { name: 'Version', value: '3.4.0', kind: 'fixed' });
    const type = isStimulator ? 'ControllerStimRecord' : 'ControllerRecordUSB3';
    this.#add('', { name: 'Type', value: type, kind: 'fixed' });
    this.#add('', { name: 'SampleRateHertz', value: formatNumber(sampleRateHz), kind: 'fixed' });
    const steps = list('Min', '0.01', '0.02', '0.05', '0.1', '0.2', '0.5', '1', '2', '5', '10', 'Max');
    const step = isStimulator ? formatNumber(stepMicroamps) : 'Min';
    this.#add('', { name: 'StimStepSizeMicroAmps', value: step, isStim: true, ...steps });
    this.#add('', { name: 'UploadInProgress', value: 'False', ...truth });
    this.#add('', { name: 'ImpedancesHaveBeenMeasured', value: 'False', ...truth });
    const blocks = { name: 'TCPNumberDataBlocksPerWrite', value: '10', isFixedWhileRunning: true };
    this.#add('', { ...blocks, ...range(1, 100, true) });
    for (const [kind, port] of [
      ['Waveform', '5001'],
      ['Spike', '5002'],
    ] as const) {
      this.#add('', { name: `TCP${kind}DataOutputHost`, value: '127.0.0.1', kind: 'text', isFixedWhileRunning: true });
      this.#add('', { name: `TCP${kind}DataOutputPort`, value: port, kind: 'port', isFixedWhileRunning: true });
      this.#add('', { name: `TCP${kind}DataOutputConnectionStatus`, value: 'Disconnected', kind: 'fixed' });
    }
    this.#add('', { name: 'NotchFilterFreqHertz', value: 'None', ...list('None', '50', '60') });
    for (const name of [
      'Filename.path',
      'Filename.basefilename',
      'ImpedanceFilename.path',
      'ImpedanceFilename.basefilename',
    ])
      this.#add('', { name, value: '', kind: 'text' });
    for (const [index, letter] of [...'ABCDEFGH'].entries()) {
      const count = amplifiers[index] ?? 0;
      this.#add(`${letter}.`, { name: 'NumberAmplifierChannels', value: String(count), kind: 'fixed' });
      for (let channel = 0; channel < count; channel++)
        this.#addAmplifier(`${letter}-${String(channel).padStart(3, '0')}`);
      const others = count === 0 || isStimulator ? [] : ['AUX1', 'AUX2', 'AUX3', 'VDD1'];
      for (const other of others) this.#addOther(`${letter}-${other}`);
    }
    for (let line = 1; line <= 8; line++) {
      this.#addOther(`ANALOG-IN-${line}`);
      if (isStimulator) this.#addOther(`ANALOG-OUT-${line}`);
    }
    for (let line = 1; line <= 16; line++)
      for (const way of ['IN', 'OUT']) this.#addOther(`DIGITAL-${way}-${String(line).padStart(2, '0')}`);
  }

  /** The value as RHX holds it. */
  valueOf(parameter: string): string {
    return this.#find(parameter)?.value ?? '';
  }

  /** Changes a value past all refusals: what RHX itself does, and faults. */
  force(parameter: string, value: string): void {
    const setting = this.#find(parameter);
    if (setting !== undefined) setting.value = value;
  }

  /** @returns RHX's answer to `get` */
  get(parameter: string): string {
    const setting = this.#find(parameter);
    return setting === undefined ? 'Unrecognized parameter' : `Return: ${setting.name} ${setting.value}`;
  }

  /** @returns RHX's complaint, undefined when it takes the value */
  set(parameter: string, value: string, isRunning: boolean): string | undefined {
    const setting = this.#find(parameter);
    if (setting === undefined) return 'Unrecognized parameter';
    const { name } = setting;
    if (name.endsWith('ConnectionStatus'))
      return 'Connection status cannot be changed through this command. Execute ConnectTCPWaveformDataOutput or DisconnectTCPWaveformDataOutput';
    if (setting.kind === 'fixed') return `${name} cannot be changed once software has started.`;
    if (setting.isStim === true && !this.controller.isStimulator)
      return `${name} cannot be set with a non-stim controller`;
    if (setting.isFixedWhileRunning === true && isRunning) return `${name} cannot be set while controller is running.`;
    const wrong = `Invalid value for ${name} command`;
    if (setting.kind === 'list') {
      const word = setting.words.find((each) => each.toLowerCase() === value.toLowerCase());
      if (word === undefined) return `${wrong}. Acceptable: ${setting.words.join(';')}${setting.end}`;
      setting.value = word;
    } else if (setting.kind === 'range') {
      const number = Number(value);
      const isInside = number >= setting.min && number <= setting.max && (!setting.isWhole || Number.isInteger(number));
      if (!isInside) return `${wrong}. Acceptable: [ ${setting.min} , ${setting.max} ]`;
      setting.value = formatNumber(number);
    } else if (setting.kind === 'port') {
      if (Number(value) > 9999) return wrong;
      // Whatever is no number is port 0.
      setting.value = formatNumber(Number.isInteger(Number(value)) ? Number(value) : 0);
    } else setting.value = /filename\./i.test(name) ? value : value.toLowerCase();
    return undefined;
  }

  clearOutputs(): void {
    for (const setting of this.#settings.values())
      if (setting.name.startsWith('TCPDataOutputEnabled')) setting.value = 'False';
  }

  isOn(channel: string, suffix = ''): boolean {
    return this.valueOf(`${channel}.TCPDataOutputEnabled${suffix}`) === 'True';
  }

  /** Words of one frame, as RHX counts them. */
  get wordsPerFrame(): number {
    let words = 0;
    const lines = new Set<string>();
    for (const [key, { name, value }] of this.#settings) {
      if (!name.startsWith('TCPDataOutputEnabled') || name.endsWith('Spike') || value !== 'True') continue;
      const line = /^digital-(?:in|out)/.exec(key)?.[0];
      if (line === undefined) words++;
      else lines.add(line);
    }
    return words + lines.size;
  }

  /** The word of each frame that holds the digital inputs, the last but for the outputs; undefined: they are not sent. */
  get digitalInputColumn(): number | undefined {
    const isSent = (kind: string) =>
      [...this.#settings].some(
        ([key, { name, value }]) => key.startsWith(kind) && name === 'TCPDataOutputEnabled' && value === 'True',
      );
    if (!isSent('digital-in')) return undefined;
    return this.wordsPerFrame - (isSent('digital-out') ? 2 : 1);
  }

  /** The word of each frame that holds what a channel is given; undefined: it is not sent. Bands of a channel come in the order in which they stand here. */
  stimColumn(channel: string): number | undefined {
    let column = 0;
    for (const [key, { name, value }] of this.#settings) {
      if (!name.startsWith('TCPDataOutputEnabled') || name.endsWith('Spike') || value !== 'True') continue;
      if (name === 'TCPDataOutputEnabledStim' && key.startsWith(`${channel.toLowerCase()}.`)) return column;
      column++;
    }
    return undefined;
  }

  /** Native names of the channels whose given currents are sent. */
  get stimChannels(): string[] {
    return [...this.#settings]
      .filter(([, { name, value }]) => name === 'TCPDataOutputEnabledStim' && value === 'True')
      .map(([key]) => key.slice(0, key.indexOf('.')));
  }

  /** Native names of the channels that send their spikes. */
  get spikingChannels(): string[] {
    return [...this.#settings]
      .filter(([, { name, value }]) => name === 'TCPDataOutputEnabledSpike' && value === 'True')
      .map(([key]) => key.slice(0, key.indexOf('.')).toUpperCase());
  }

  #add(prefix: string, setting: Setting): void {
    this.#settings.set((prefix + setting.name).toLowerCase(), setting);
  }

  #addOther(channel: string): void {
    this.#add(`${channel}.`, { name: 'Enabled', value: 'False', ...truth });
    this.#add(`${channel}.`, { name: 'TCPDataOutputEnabled', value: 'False', ...truth });
  }

  #addAmplifier(channel: string): void {
    const add = (setting: Setting) => this.#add(`${channel}.`, setting);
    add({ name: 'Enabled', value: 'True', ...truth });
    for (const suffix of ['', 'Low', 'High', 'Spike'])
      add({ name: `TCPDataOutputEnabled${suffix}`, value: 'False', ...truth });
    for (const suffix of ['DC', 'Stim'])
      add({ name: `TCPDataOutputEnabled${suffix}`, value: 'False', isStim: true, ...truth });
    add({ name: 'SpikeThresholdMicroVolts', value: '-70', ...range(-5000, 5000, true) });
    const stim = (name: string, value: string, kind: object) => add({ name, value, isStim: true, ...kind } as Setting);
    const keys = Array.from({ length: 8 }, (_, index) => `KeyPressF${index + 1}`);
    const lines = Array.from({ length: 16 }, (_, index) => `DigitalIn${String(index + 1).padStart(2, '0')}`);
    stim('StimEnabled', 'False', truth);
    const voltages = Array.from({ length: 8 }, (_, index) => `AnalogIn0${index + 1}`);
    stim('Source', 'DigitalIn01', list(...lines, ...voltages, ...keys));
    stim('TriggerEdgeOrLevel', 'Edge', list('Edge', 'Level'));
    stim('Shape', 'Biphasic', list('Biphasic', 'BiphasicWithInterphaseDelay', 'Triphasic'));
    stim('Polarity', 'NegativeFirst', list('NegativeFirst', 'PositiveFirst'));
    stim('PulseOrTrain', 'SinglePulse', list('SinglePulse', 'PulseTrain'));
    stim('NumberOfStimPulses', '2', range(0, 256, true));
    for (const phase of ['First', 'Second']) {
      stim(`${phase}PhaseAmplitudeMicroAmps`, '0', range(0, 2550));
      stim(`${phase}PhaseDurationMicroseconds`, '100', range(0, 5000));
    }
    stim('InterphaseDelayMicroseconds', '100', range(0, 5000));
    stim('RefractoryPeriodMicroseconds', '1000', range(0, 1e6));
    stim('PulseTrainPeriodMicroseconds', '10000', range(0, 1e6));
    stim('PostTriggerDelayMicroseconds', '0', range(0, 500_000));
  }

  #find(parameter: string): Setting | undefined {
    const asked = parameter.toLowerCase();
    // Of a channel's parameter a second dot and what follows it do not count.
    const [channel = '', name = ''] = asked.split('.');
    return this.#settings.get(asked) ?? this.#settings.get(`${channel}.${name}`);
  }
}
