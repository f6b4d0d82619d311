// Says whether a text is well-formed XML as far as this program writes it: one root, elements closed in order, nothing unescaped.

/** @returns what is wrong, or undefined. */
export function problemOf(text: string): string | undefined {
  const open: string[] = [];
  let roots = 0;
  let rest = text.trim();
  while (rest !== '') {
    const [, characters = ''] = /^([^<]*)/.exec(rest) ?? [];
    if (/&(?!(amp|lt|gt|quot);)/.test(characters)) return `an & stands alone in '${characters}'`;
    if (open.length === 0 && characters.trim() !== '') return `'${characters}' stands outside of the root`;
    rest = rest.slice(characters.length);
    if (rest === '') break;
    const [whole, isEnd, name = '', attributes = '', isEmpty] =
      /^<(\/?)([A-Za-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/.exec(rest) ?? [];
    if (whole === undefined) return `'${rest.slice(0, 40)}' is no element`;
    const names = [...attributes.matchAll(/([\w-]+)="/g)].map(([, each]) => each);
    if (new Set(names).size < names.length) return `${name} has an attribute twice`;
    if (/&(?!(amp|lt|gt|quot);)/.test(attributes)) return `an & stands alone in '${attributes}'`;
    if (isEnd === '/') {
      if (open.pop() !== name) return `</${name}> closes nothing`;
    } else {
      if (open.length === 0) roots += 1;
      if (isEmpty !== '/') open.push(name);
    }
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) return `${open.join(', ')} is not closed`;
  return roots === 1 ? undefined : `there are ${roots} roots`;
}
