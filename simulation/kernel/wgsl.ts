// How kernels are written out in the WebGPU shading language, whose signed numbers wrap round; build time only.
import type { Language } from './language.ts';

export const wgsl: Language = {
  constant: (value) => (value === -(2 ** 31) ? '(-2147483647 - 1)' : value < 0 ? `(${value})` : String(value)),
  int(operator, left, right) {
    switch (operator) {
      case '>>>':
        return `bitcast<i32>(bitcast<u32>(${left}) >> bitcast<u32>(${right}))`;
      case '<<':
      case '>>':
        return `(${left} ${operator} bitcast<u32>(${right}))`;
      default:
        return `(${left} ${operator} ${right})`;
    }
  },
  compare: (operator, left, right) => `(${left} ${operator} ${right})`,
  bool: (operator, left, right) => `(${left} ${operator} ${right})`,
  not: (of) => `!${of}`,
  select: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
  lookup: (table, index) => `${table}[${index}]`,
  call: (name, parameters) => `${name}(${parameters.join(', ')})`,
  intNamed: (name, value) => `let ${name}: i32 = ${value};`,
  boolNamed: (name, value) => `let ${name}: bool = ${value};`,
  function: (name, parameters, statements, result) =>
    `fn ${name}(${parameters.map((each) => `${each}: i32`).join(', ')}) -> i32 {\n${[...statements, `return ${result};`].map((line) => `  ${line}`).join('\n')}\n}`,
};
