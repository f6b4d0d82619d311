// How usual kernels say what the steps of many neurons are made of in C++; build time only.
import { lanes } from './cpp-lanes.ts';
import type { Language } from './language.ts';

const constantName = /^is(Minus)?([0-9]+)$/;

/** Constants are made before the loops, and so are shares of parameters and what sums and relaxations need. */
export const usualLanes: Language = {
  ...lanes,
  constant: (value) => (value === 0 ? '0' : value < 0 ? `isMinus${-value}` : `is${value}`),
  call(name, parameters) {
    if (name === 'sumOfShares') return sumWritten(parameters);
    if (name === 'decoded') return `sum.decoded(${parameters.join()})`;
    if (name === 'relaxed') {
      const [z, ...products] = parameters as [string, ...string[]];
      return `share(change.of(${products.join(', ')}), relaxation.at(${z}))`;
    }
    if (name === 'product27OfLarge') return `large.product27(${parameters.join(', ')})`;
    const [value, mantissa] = parameters as [string, string];
    const share = shareNamed(mantissa);
    if (name === 'shareOfLarge') return `large.share(${value}, ${share!})`;
    return lanes.call(name, share === undefined ? parameters : [value, share]);
  },
};

export const shareNamed = (mantissa: string | undefined) => /^(\w+)Mantissa$/.exec(mantissa ?? '')?.[1];

function sumWritten([value, , , , ...gains]: readonly string[]): string {
  let sum = `sum.from(${value!})`;
  for (let index = 0; index < gains.length; index += 3)
    sum = `sum.plus(${sum}, ${gains[index]!}, ${shareNamed(gains[index + 1])!})`;
  return `sum.encoded(${sum})`;
}

/** @returns a line for each constant that the lines name. */
export function constantLines(lines: readonly string[]): string[] {
  const names = new Set(lines.flatMap((line) => line.match(/\bis(?:Minus)?[0-9]+\b/g) ?? []));
  return [...names].map((name) => {
    const [, minus, digits] = constantName.exec(name)!;
    return `const Int ${name} = everywhere(${lanes.constant(Number(digits) * (minus === undefined ? 1 : -1))});`;
  });
}
