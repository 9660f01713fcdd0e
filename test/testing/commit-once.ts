import Database from 'better-sqlite3';

// A program of its own: commits one row and prints `acknowledged`, or SQLite's code where that fails.
// Arguments: the file, and how SQLite is to sync (`full`, `off`).

const [file = '', synchronous = ''] = process.argv.slice(2);
try {
  const database = new Database(file);
  database.pragma(`synchronous = ${synchronous}`);
  database.pragma('journal_mode = wal');
  database.exec('create table row (id integer primary key)');
  process.stdout.write('acknowledged');
} catch (error) {
  process.stdout.write(error instanceof Error && 'code' in error ? String(error.code) : 'unknown');
}
