// Version of the contract between page and core; used in every process.

/** Raised whenever a command or its answer, a stream or a record changes its meaning or its fields. */
export const contractVersion = 3;
