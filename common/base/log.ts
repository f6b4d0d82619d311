// One-line log messages with a level and a subject; used in every process, never in the hot path.

export type LogLevel = 'info' | 'warning' | 'error';

/** Takes one message. `subject` names the part that speaks ("recorder", "virtual rig"). */
export type Log = (level: LogLevel, subject: string, message: string) => void;

/** Discards everything. */
export const silentLog: Log = () => {};
