import Database from 'better-sqlite3';

/**
 * A writer without groups: what one change of a token writes (token, change, audit, head), by prepared statements in a
 * transaction of its own, on disk before the next begins. It leaves out every index but the keys.
 */
export interface SingleChanges {
  write(number: number): void;
  close(): void;
}

const TEXT = 'x'.repeat(300);

export function singleChanges(file: string): SingleChanges {
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    create table if not exists token (id text primary key, digest text not null unique, rest text not null);
    create table if not exists change (revision integer primary key, record text not null);
    create table if not exists audit (sequence integer primary key, rest text not null);
    create table if not exists head (id integer primary key, revision integer not null);
    insert or ignore into head values (1, 0);
  `);
  const token = database.prepare('insert into token values (?, ?, ?)');
  const head = database.prepare('update head set revision = revision + 1 where id = 1 returning revision');
  const change = database.prepare('insert into change values (?, ?)');
  const audit = database.prepare('insert into audit values (?, ?)');
  const write = database.transaction((number: number) => {
    const id = `c${String(number).padStart(24, '0')}`;
    token.run(id, `digest of ${id}`, TEXT);
    const revision = head.pluck().get();
    change.run(revision, TEXT);
    audit.run(revision, TEXT);
  });
  return {
    write(number) {
      write(number);
    },
    close() {
      database.close();
    },
  };
}
