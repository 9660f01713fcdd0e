import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { ConfigPath, ConfigProblem } from './config-problem.ts';

/** A file as plain values, and where each stands. */
export interface YamlFile {
  readonly value: unknown;
  /** `latchkey.yaml:3:5` of the value at a path, or of the nearest thing above it that is there. */
  readonly placeOf: (path: ConfigPath) => string;
  readonly problems: readonly ConfigProblem[];
}

/** @param name the file as people know it, for places */
export function readYaml(source: string, name: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
  });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    place: place(error.pos[0]),
    field: '',
    problem: error.message.replace(/\.$/, ''),
    fix: error.code === 'DUPLICATE_KEY' ? 'Keep one of the two.' : 'Mend the YAML here.',
  }));
  let value: unknown = {};
  if (problems.length === 0) {
    try {
      value = document.toJS() ?? {};
    } catch {
      // An anchor that does not exist, or so many aliases that they can only be meant to exhaust the reader.
      const problem = 'has aliases that cannot be resolved';
      problems.push({ place: `${name}:1:1`, field: '', problem, fix: 'Write the values out.' });
    }
  }
  return {
    value,
    placeOf: (path) => place(offsetOf(document, path)),
    problems,
  };
}

function offsetOf(document: Document.Parsed, path: ConfigPath): number {
  for (let length = path.length; length > 0; length--) {
    const keyOffset = offsetOfKey(document, path.slice(0, length));
    if (keyOffset !== undefined) return keyOffset;
  }
  return document.contents?.range?.[0] ?? 0;
}

function offsetOfKey(document: Document.Parsed, path: ConfigPath): number | undefined {
  const last = path.at(-1);
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
    return isPair(pair) && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
