import Database from 'better-sqlite3';

/**
 * How many one-row transactions a second this disk takes through SQLite when each is on disk before the next begins:
 * WAL, `synchronous=FULL`, one prepared insert, nothing else.
 */
export function bareCommitRate(file: string, durationMs: number): number {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('create table if not exists row (id integer primary key, text text not null)');
    const insert = database.prepare('insert into row (text) values (?)');
    const started = performance.now();
    let count = 0;
    while (performance.now() - started < durationMs) {
      insert.run('x'.repeat(400));
      count += 1;
    }
    return count / ((performance.now() - started) / 1000);
  } finally {
    database.close();
  }
}
