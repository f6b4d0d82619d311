// Names that experiment files use to refer to their own parts.
import { z } from 'zod';

/** A lower-case name of letters, digits and hyphens, at most 64 long. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'a name: lower-case letters, digits and hyphens, beginning with a letter');
