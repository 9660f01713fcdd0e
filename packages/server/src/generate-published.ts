import { writeFile } from 'node:fs/promises';
import { PUBLISHED_FILES } from './published-files.ts';

/** Writes the documents that are checked in: run it after a change to schemas, settings or routes. */
for (const { path, text } of PUBLISHED_FILES) await writeFile(path, text());
