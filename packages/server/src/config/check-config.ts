import { join } from 'node:path';
import type * as z from 'zod';
import type { Config } from './config.ts';
import { type ConfigPath, type ConfigProblem, fieldText } from './config-problem.ts';
import { type ConfigFile, ConfigSchema } from './config-schema.ts';
import { type Environment, type Override, readEnvironment } from './environment.ts';
import { readMeaning } from './read-meaning.ts';
import { readYaml } from './read-yaml.ts';
import { findSchemaProblems, isMissingText, type UnplacedProblem } from './schema-problems.ts';

export type CheckedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export interface ConfigSource {
  /** Text of the file; empty: no file. */
  readonly yaml: string;
  /** How places name the file. */
  readonly name: string;
  readonly environment: Environment;
}

/** Reads a configuration whole: the file, then what the environment overrides. All problems are found at once. */
export function checkConfig({ yaml, name, environment }: ConfigSource): CheckedConfig {
  const file = readYaml(yaml, name);
  const { overrides, problems } = readEnvironment(environment);
  const value = withOverrides(file.value, overrides);
  const parsed = ConfigSchema.safeParse(value);
  const unplaced = parsed.success ? [] : [...findSchemaProblems(parsed.error.issues)];
  const sound = parsed.success ? parsed.data : soundParts(value, parsed.error.issues);
  const meaning = readMeaning(sound, {
    isCatalogueKnown: isMentioned(value, 'scopes') === isMentioned(sound, 'scopes'),
  });
  const isTold = ({ path }: UnplacedProblem) =>
    unplaced.some((told) => fieldText(told.path) === fieldText(path));
  unplaced.push(...meaning.problems.filter((problem) => !isTold(problem)));

  const place = (path: ConfigPath) =>
    overrides.find((override) => beginsWith(path, override.path))?.variable ?? file.placeOf(path);
  const found = [...file.problems, ...problems, ...unplaced.map((each) => placed(each, place))];
  if (!parsed.success || found.length > 0) return { ok: false, problems: found };
  const { scopes: _scopes, rateLimit, server, signIn, mail, ...rest } = parsed.data;
  const { catalogue, services, trustedProxies, publicUrl, gateway, staleness } = meaning;
  const { perMinute, anonymousPerMinute = perMinute } = rateLimit;
  return {
    ok: true,
    config: {
      ...rest,
      server: {
        ...server,
        publicUrl,
        journal: server.journal ?? join(server.dataDir, 'revocations.journal'),
      },
      mail: { smtp: mail.smtp, from: mail.from },
      signIn: { keyFile: signIn.keyFile ?? join(server.dataDir, 'sign-in.key') },
      catalogue,
      services,
      trustedProxies,
      gateway,
      staleness,
      rateLimit: { perMinute, anonymousPerMinute },
    },
  };
}

function placed({ path, problem, fix }: UnplacedProblem, place: (path: ConfigPath) => string): ConfigProblem {
  return { place: place(path), field: fieldText(path), problem, fix };
}

function beginsWith(path: ConfigPath, start: ConfigPath): boolean {
  return start.every((part, index) => path[index] === part);
}

/**
 * Copies on the way, so that what the file said stays as it was. A section that was left empty is as good as absent; one
 * that is no section stays as it is, to be told.
 */
function withOverrides(value: unknown, overrides: readonly Override[]): unknown {
  if (!isMapping(value)) return value;
  const root: Readonly<Record<string, unknown>> = Object.fromEntries(
    Object.entries(value).filter(([, part]) => part !== null),
  );
  return overrides.reduce((at, { path, value: overriding }) => withValue(at, path, overriding), root);
}

/** A part on the way that is no section stays as it is, to be told. */
function withValue(
  root: Readonly<Record<string, unknown>>,
  [key = '', ...rest]: ConfigPath,
  value: unknown,
): Readonly<Record<string, unknown>> {
  if (rest.length === 0) return { ...root, [key]: value };
  const part = root[key] ?? {};
  return isMapping(part) ? { ...root, [key]: withValue(part, rest, value) } : root;
}

/**
 * The sections whose form is right once what is missing is filled in, the others as if they were not written: their meaning is
 * then checked all the same, so that nothing is found only at the second try.
 */
function soundParts(value: unknown, issues: readonly z.core.$ZodIssue[]): ConfigFile {
  const filled = structuredClone(value);
  for (const issue of issues) if (isMissingText(issue)) fill(filled, issue.path);
  const sound: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(ConfigSchema.shape)) {
    const part = isMapping(filled) ? filled[key] : undefined;
    if (part !== undefined && schema.safeParse(part).success) sound[key] = part;
  }
  return ConfigSchema.parse(sound);
}

function fill(root: unknown, path: readonly PropertyKey[]): void {
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((at, part) => Object(at)[part], root);
  if (last !== undefined) Object(parent)[last] = '';
}

function isMentioned(value: unknown, section: keyof ConfigFile): boolean {
  return isMapping(value) && value[section] !== undefined;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
