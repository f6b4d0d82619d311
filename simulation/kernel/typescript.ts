// How kernels are written out in TypeScript: every result is brought back to 32 bits; build time only.
import type { Language } from './language.ts';

export const typescript: Language = {
  constant: (value) => (value < 0 ? `(${value})` : String(value)),
  int(operator, left, right) {
    switch (operator) {
      case '*':
        return `Math.imul(${left}, ${right})`;
      case '+':
      case '-':
      case '>>>':
        return `((${left} ${operator} ${right}) | 0)`;
      default:
        return `(${left} ${operator} ${right})`;
    }
  },
  compare: (operator, left, right) => `(${left} ${operator === '!=' ? '!==' : operator} ${right})`,
  bool: (operator, left, right) => `(${left} ${operator} ${right})`,
  not: (of) => `!${of}`,
  select: (condition, yes, no) => `(${condition} ? ${yes} : ${no})`,
  lookup: (table, index) => `${table}[${index}]!`,
  call: (name, parameters) => `${name}(${parameters.join(', ')})`,
  intNamed: (name, value) => `const ${name} = ${value};`,
  boolNamed: (name, value) => `const ${name} = ${value};`,
  function: (name, parameters, statements, result) =>
    `function ${name}(${parameters.map((each) => `${each}: number`).join(', ')}): number {\n${[...statements, `return ${result};`].join('\n')}\n}`,
};
