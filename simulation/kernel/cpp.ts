// How kernels are written out in C++20, compiled so that signed numbers wrap round; build time only.
import type { Language } from './language.ts';

export const cpp: Language = {
  constant: (value) => (value === -(2 ** 31) ? 'INT32_MIN' : value < 0 ? `(${value})` : String(value)),
  int: (operator, left, right) =>
    operator === '>>>'
      ? `static_cast<int32_t>(static_cast<uint32_t>(${left}) >> ${right})`
      : `(${left} ${operator} ${right})`,
  compare: (operator, left, right) => `(${left} ${operator} ${right})`,
  // Both sides are computed anyway: without a branch the loop becomes vector code.
  bool: (operator, left, right) => `(${left} ${operator === '&&' ? '&' : '|'} ${right})`,
  not: (of) => `!${of}`,
  select: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
  lookup: (table, index) => `${table}[${index}]`,
  call: (name, parameters) => `${name}(${parameters.join(', ')})`,
  intNamed: (name, value) => `const int32_t ${name} = ${value};`,
  boolNamed: (name, value) => `const bool ${name} = ${value};`,
  function: (name, parameters, statements, result) =>
    `inline int32_t ${name}(${parameters.map((each) => `int32_t ${each}`).join(', ')}) {\n${[...statements, `return ${result};`].map((line) => `  ${line}`).join('\n')}\n}`,
};
