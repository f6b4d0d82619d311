// What goes wrong in an emulated RHX on request; runs in the virtual RHX and in tests.

export interface RhxFaults {
  /** This parameter silently keeps its value when it is set. */
  keptParameter?: string;
  /** Milliseconds before each answer. */
  answerDelay?: number;
  /** Answers are cut into pieces of so many characters, this long apart in ms. */
  answerPieces?: { characters: number; apart: number };
  /** Questions are not answered at all. */
  isMute?: boolean;
  /** Data are cut into writes of so many bytes. */
  dataPieces?: number;
  /** So many samples are missing before the next block. */
  lostSamples?: number;
  /** The next block is sent with this done to it. */
  damage?: (block: Uint8Array) => Uint8Array;
  /** No file of impedances is written, as on a full disk. */
  isUnsaved?: boolean;
  /** An upload never ends. */
  isUploadStuck?: boolean;
  /** Parameters that change by an upload, as when the controller did not take them. */
  changedByUpload?: readonly [parameter: string, value: string];
  /** A trigger is swallowed: the chip gives nothing. */
  isTriggerDeaf?: boolean;
  /** The board says Run, and nothing happens. */
  isFrozen?: boolean;
  /** The board samples, and nothing is sent. */
  isHolding?: boolean;
  /** The board ignores so many stops. */
  ignoredStops?: number;
}
