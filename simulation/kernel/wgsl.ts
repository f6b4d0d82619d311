// How kernels are written out in WGSL, the language of WebGPU, whose signed numbers wrap round; build time only.
import type { Language } from './language.ts';

export const wgsl: Language = {
  constant: (value) => (value < 0 ? `i32(${value})` : String(value)),
  int(operator, left, right) {
    switch (operator) {
      case '<<':
      case '>>':
        return `(${left} ${operator} u32(${right}))`;
      case '>>>':
        return `bitcast<i32>(bitcast<u32>(${left}) >> u32(${right}))`;
      default:
        return `(${left} ${operator} ${right})`;
    }
  },
  compare: (operator, left, right) => `(${left} ${operator} ${right})`,
  // Both sides are computed anyway: without a branch the invocations of a workgroup stay together.
  bool: (operator, left, right) => `(${left} ${operator === '&&' ? '&' : '|'} ${right})`,
  not: (of) => `!${of}`,
  select: (condition, yes, no) => `select(${no}, ${yes}, ${condition})`,
  // All tables lie in one buffer, one after the other.
  lookup: (table, index) => `tables[plan.${table}Start + ${index}]`,
  call: (name, parameters) => `${name}(${parameters.join(', ')})`,
  intNamed: (name, value) => `let ${name}: i32 = ${value};`,
  boolNamed: (name, value) => `let ${name}: bool = ${value};`,
  function: (name, parameters, statements, result) =>
    `fn ${name}(${parameters.map((each) => `${each}: i32`).join(', ')}) -> i32 {\n${[...statements, `return ${result};`].map((line) => `  ${line}`).join('\n')}\n}`,
};
