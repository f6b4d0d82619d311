// What an emulated GUI does, and the commands of its Network Events plugin, answered as the plugin's source does; runs in the virtual GUI and in tests.

export type VirtualGuiMode = 'IDLE' | 'ACQUIRE' | 'RECORD';

export class GuiState {
  readonly #onAcquiring: (isAcquiring: boolean) => void;
  #mode: VirtualGuiMode = 'IDLE';
  /** Texts that went to the recording; kept while the GUI is idle. */
  readonly notes: string[] = [];
  /** Name and value of all that a recording was started with. */
  readonly recordingOptions = new Map<string, string>();
  readonly ttl: { line: number; isOn: boolean }[] = [];

  constructor(onAcquiring: (isAcquiring: boolean) => void) {
    this.#onAcquiring = onAcquiring;
  }

  get mode(): VirtualGuiMode {
    return this.#mode;
  }

  setMode(mode: VirtualGuiMode): void {
    const was = this.#mode !== 'IDLE';
    this.#mode = mode;
    if (was !== (mode !== 'IDLE')) this.#onAcquiring(!was);
  }

  /** @param isStuck answers as if it were done */
  carryOut(text: string, isStuck: boolean): string {
    this.notes.push(text);
    const command = text.split(' ', 1)[0]!;
    const options = optionsOf(text.slice(command.length));
    const become = (mode: VirtualGuiMode) => {
      if (!isStuck) this.setMode(mode);
    };
    switch (command.toLowerCase()) {
      case 'startacquisition':
        if (this.#mode === 'IDLE') become('ACQUIRE');
        return 'StartedAcquisition';
      case 'stopacquisition':
        become('IDLE');
        return 'StoppedAcquisition';
      case 'startrecord':
        if (this.#mode === 'RECORD') return 'NotHandled';
        for (const [name, value] of options) this.recordingOptions.set(name, value);
        become('RECORD');
        return 'StartedRecording';
      case 'stoprecord':
        if (this.#mode === 'RECORD') become('ACQUIRE');
        return 'StoppedRecording';
      case 'isacquiring':
        return this.#mode === 'IDLE' ? '0' : '1';
      case 'isrecording':
        return this.#mode === 'RECORD' ? '1' : '0';
      case 'ttl': {
        const line = Number(options.get('line') ?? 1);
        if (!(line >= 1 && line <= 256)) return 'InvalidChannel';
        const isOn = options.get('state') === '1';
        if (this.#mode !== 'IDLE') this.ttl.push({ line, isOn });
        return `TTLHandled: Line=${line} State=${isOn ? 1 : 0}`;
      }
      default:
        return 'NotHandled';
    }
  }
}

/** Words with an equals sign, split at blanks outside of quotation marks; names in small letters. */
function optionsOf(text: string): Map<string, string> {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return new Map(
    words
      .filter((word) => word.includes('='))
      .map((word) => {
        const at = word.indexOf('=');
        return [word.slice(0, at).toLowerCase(), word.slice(at + 1).replace(/^(["'])(.*)\1$/, '$2')];
      }),
  );
}
