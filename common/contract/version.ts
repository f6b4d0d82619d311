// Version of the contract between page and core; used in every process.

/** Raised whenever a command, a stream or a record changes its meaning. */
export const contractVersion = 2;
