// Parts of an HTML document: escaped text, tables, sections; pure; analysis process.

/** Text that stands for itself. */
export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export type Cell = string | number;

/** All digits of a number of things. */
export const count = (things: number) => things.toLocaleString('en');

/** Numbers stand at the right. @returns words where there is no row */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[], none = 'None.'): string {
  if (rows.length === 0) return `<p class="none">${escaped(none)}</p>`;
  const cell = (value: Cell) =>
    `<td${typeof value === 'number' ? ' class="number"' : ''}>${escaped(typeof value === 'number' ? count(value) : value)}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head.map((each, column) => `<th${typeof rows[0]?.[column] === 'number' ? ' class="number"' : ''}>${escaped(each)}</th>`).join('')}</tr></thead>\n<tbody>${body}</tbody></table>`;
}

/** Names and values, one below the other. */
export function facts(rows: readonly (readonly [name: string, value: Cell])[]): string {
  const lines = rows.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(String(value))}</dd>`);
  return `<dl>${lines.join('\n')}</dl>`;
}

export const section = (title: string, ...parts: readonly string[]) =>
  `<section><h2>${escaped(title)}</h2>\n${parts.join('\n')}\n</section>`;

/** @param svg a drawing as a whole file */
export const figure = (svg: string, caption: string) =>
  `<figure>${svg}<figcaption>${escaped(caption)}</figcaption></figure>`;
