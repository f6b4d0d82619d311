// Writes a Markdown table; used by the main process and its tests.

/** @returns lines of a table, its columns padded to their widest cell. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** @returns the text with what is between `<!-- WHAT of NAME -->` and `<!-- end -->` written anew, where there is a table for the name. */
export function replaceTables(text: string, what: string, tableOf: (name: string) => string | undefined): string {
  return text.replace(
    new RegExp(`(<!-- ${what} of (\\S+) -->\\n)[^]*?(<!-- end -->)`, 'g'),
    (whole, opening: string, name: string, closing: string) => {
      const table = tableOf(name);
      return table === undefined ? whole : `${opening}\n${table}\n\n${closing}`;
    },
  );
}
