// What the settings of a station are written with: the error of each schema is the cure that a person reads. Used in every process.
import { z } from 'zod';

/** Numbers as USB listings print them: hexadecimal, with or without 0x. */
const hexadecimal = /^(?:0x[0-9a-f]{1,4}|(?=.*[a-f])[0-9a-f]{4})$/i;

/** Both ends are included. */
export function wholeNumber(min: number, max: number) {
  const error = ({ input }: { input?: unknown }) =>
    typeof input === 'string' && hexadecimal.test(input)
      ? `Write ${Number.parseInt(input, 16)}, the same number in decimal and without quotes`
      : `Write a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** An object that has no other keys: a misspelt one would leave the station without what it means. */
export function closed<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const keys = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `The keys are ${keys}` : `Write an object with ${keys}`),
  });
}

export const text = z.string({ error: 'Write a text' }).min(1, { error: 'Write a text that is not empty' });
