// Loads SQLite; the only file that knows the package. Its interface is that of node:sqlite, which Node 20 does not have. Main process.
import type * as sqlite from '@photostructure/sqlite';

export type Database = sqlite.DatabaseSyncInstance;

/** What is used of the package. */
export type SqlitePackage = Pick<typeof sqlite, 'DatabaseSync'>;

/** @returns what opens a database, or why there can be none on this computer */
export async function loadSqlite(
  importPackage: () => Promise<SqlitePackage> = () => import('@photostructure/sqlite'),
): Promise<((file: string) => Database) | { unsupported: string }> {
  try {
    const { DatabaseSync } = await importPackage();
    return (file) => new DatabaseSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { unsupported: `SQLite cannot be used on ${process.platform} ${process.arch}: ${why}` };
  }
}
