import { expect } from 'vitest';
import { field, textField } from './call.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A Token object of the Tokens API, after its rules were checked. */
export interface TokenObject {
  readonly id: string;
  readonly usage: 'pk' | 'sk';
  readonly default: boolean;
  readonly note: string | null;
  readonly scopes: readonly string[];
  readonly created: string;
  readonly modified: string;
  readonly token: string | undefined;
  readonly allowedUrls: readonly string[] | undefined;
}

/**
 * Checks every rule that holds for any Token object, whatever was asked for: which keys are always there, which never
 * hold null, that times are ISO 8601 with milliseconds, and that the handle is the payload's `a`.
 */
export function expectTokenObject(value: unknown): TokenObject {
  const id = textField(value, 'id');
  expect(id).toMatch(/^c[a-z0-9]{24}$/);
  const usage = textField(value, 'usage');
  if (usage !== 'pk' && usage !== 'sk') throw new Error(`usage ${usage}`);
  expect(field(value, 'client')).toBe('api');
  const isDefault = field(value, 'default');
  if (typeof isDefault !== 'boolean') throw new Error('default is not a boolean');
  const note = field(value, 'note');
  if (note !== null && typeof note !== 'string') throw new Error('note is neither text nor null');
  const scopes = texts(field(value, 'scopes'));
  const created = textField(value, 'created');
  const modified = textField(value, 'modified');
  expect(created).toMatch(ISO);
  expect(modified).toMatch(ISO);
  expect(Date.parse(modified)).toBeGreaterThanOrEqual(Date.parse(created));
  const token = optional(value, 'token');
  if (token !== undefined) {
    expect(token).toBeTypeOf('string');
    expect(String(token).split('.')[0]).toBe(usage);
    expect(decodePayload(String(token))).toMatchObject({ a: id });
  }
  if (usage === 'pk') expect(token, 'a public token shows its text').toBeDefined();
  const allowedUrls = optional(value, 'allowedUrls');
  for (const key of ['allowedUrls', 'resources', 'allowedApplications', 'expires']) {
    expect(optional(value, key), `${key} is omitted, never null`).not.toBeNull();
  }
  return {
    id,
    usage,
    default: isDefault,
    note,
    scopes,
    created,
    modified,
    token: token === undefined ? undefined : String(token),
    allowedUrls: allowedUrls === undefined ? undefined : texts(allowedUrls),
  };
}

/** Decodes the payload as the reference clients do: standard base64, then JSON. */
export function decodePayload(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64').toString('latin1'));
}

function optional(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? field(value, name)
    : undefined;
}

function texts(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
    throw new Error(`not a list of texts: ${JSON.stringify(value)}`);
  }
  return value;
}
