// How much the recorder may be behind the rig thread. Main thread and bench thread.

/** Two seconds of 1,024 channels at 30 kHz, half a minute of 64: a disk that stands still for so long costs nothing. */
export const recorderRingBytes = 128 * 1024 * 1024;
