// Names of the two messages between Electron's main process and the preload.

/** The page asks for its port. */
export const portWantedChannel = 'exocortex-port-wanted';
/** The answer carries the port. */
export const portChannel = 'exocortex-port';
