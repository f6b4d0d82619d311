// Writes the table of a kind of limits, with defaults and ceilings of each preparation, for docs/limits.md; used by the main process and its tests.
import { ceilingOf, type LimitDeclaration } from '../../common/limits/limit-declaration.ts';
import { type ProfileName, profileNames } from '../../common/limits/profile-name.ts';
import { markdownTable } from './markdown-table.ts';

/** `3`, or `3 (100)` where a signed file reaches further than the default. */
function valueCell(declaration: LimitDeclaration, profile: ProfileName): string {
  const [standard, ceiling] = [declaration.defaults[profile], ceilingOf(declaration, profile)];
  return standard === ceiling ? String(standard) : `${standard} (${ceiling})`;
}

/** @returns a Markdown table. */
export function limitTable(table: Readonly<Record<string, LimitDeclaration>>): string {
  const rows = Object.values(table).map((declaration) => {
    const { fileKey, label, note, unit } = declaration;
    const values = profileNames.map((profile) => valueCell(declaration, profile));
    return [`\`${fileKey}\``, note === undefined ? label : `${label}. ${note}`, unit, ...values];
  });
  return markdownTable(['Key', 'Meaning', 'Unit', ...profileNames.map((name) => `\`${name}\``)], rows);
}
