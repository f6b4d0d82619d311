// For programs that another one starts and needs until it has ended in order; no knowledge of the program.

/** What a terminal sends to parent and child alike: Ctrl+C, and that it is closed. */
const terminalSignals = ['SIGINT', 'SIGHUP'] as const;

type TerminalSignal = (typeof terminalSignals)[number];

/** The program does not end by them; its parent does, and then lets go of it. @param program its process */
export function leaveSignalsToParent(program: { on(signal: TerminalSignal, listener: () => void): unknown }): void {
  for (const signal of terminalSignals) program.on(signal, () => {});
}
