import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportArguments } from './export.ts';

describe('the command line of an export', () => {
  it('becomes the arguments of the job, with whole paths', () => {
    expect(exportArguments(['a'])).toEqual({ job: ['--', resolve('a')], isJson: false });
    expect(exportArguments(['a', '--for', 'neo', '--gzip', '0', '--nwb', 'b.nwb', '--json'])).toEqual({
      job: ['--out', resolve('b.nwb'), '--gzip', '0', '--for', 'neo', '--', resolve('a')],
      isJson: true,
    });
  });

  it.each([
    [['a', '--for', 'elephant'], "--for takes 'neo', for python-neo, not 'elephant'. Leave it out for every other"],
    [['a', '--for', ''], "not ''"],
    [['a', '--for'], 'argument missing'],
    [['a', '--gzip', '10'], '--gzip is a number from 0 to 9'],
    [['--for', 'neo'], "takes one session's folder"],
  ])('is refused with what to do: %j', (args, message) => {
    expect(() => exportArguments(args)).toThrow(message);
  });
});
