import { isConnection, isHopByHop, namedByConnection } from './hop-by-hop.ts';

/**
 * An answer's headers as they may be passed on: names and values by turns, as they were spelled, without what is about one connection.
 * @param raw the same as bytes
 */
export function answerHeaders(raw: readonly Buffer[]): string[] {
  const headers: string[] = [];
  let named: ReadonlySet<string> | undefined;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = latin1(raw[at]);
    if (isHopByHop(name)) {
      if (isConnection(name)) named = joined(named, namedByConnection(latin1(raw[at + 1])));
      continue;
    }
    headers.push(name, latin1(raw[at + 1]));
  }
  return named === undefined ? headers : without(headers, named);
}

function joined(
  first: ReadonlySet<string> | undefined,
  second: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  return first === undefined || second === undefined ? (first ?? second) : new Set([...first, ...second]);
}

function without(headers: readonly string[], names: ReadonlySet<string>): string[] {
  return headers.filter((_, at) => !names.has((headers[at - (at % 2)] ?? '').toLowerCase()));
}

function latin1(bytes: Buffer | undefined): string {
  return bytes === undefined ? '' : bytes.toString('latin1');
}
