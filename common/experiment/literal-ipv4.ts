// Addresses that an experiment may name; used in every process.

/** Four numbers; neither all computers of a network nor none in particular. */
export const literalIpv4 =
  /^(?!0\.0\.0\.0$|255\.255\.255\.255$)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
