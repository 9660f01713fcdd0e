import { parseAccountName, parseTokenId, parseTokenText } from '@latchkey/core';
import type { Messages } from '@latchkey/wire/messages';
import { Failure } from './failure.ts';

const MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const DURATION = /^(\d{1,6})\s*([smhd])$/;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Readers of option values. Each throws a {@link Failure} that names the option, the value and the form that it should have. */
export function optionValues(text: Messages) {
  const bad = (name: string, value: string, problem: string): Failure =>
    new Failure({
      exit: 'usage',
      code: 'invalid_value',
      field: name,
      message: text.usage.badValue({ name, value, problem }),
    });

  const wholeNumber = (name: string, min: number, max: number) => (value: string) => {
    const number = Number(value);
    if (!/^\d{1,15}$/.test(value) || number < min || number > max)
      throw bad(name, value, text.usage.notNumber({ min, max }));
    return number;
  };

  return {
    bad,
    wholeNumber,

    port: (name: string) => (value: string) => {
      if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw bad(name, value, text.usage.notPort);
      return Number(value);
    },

    /** Milliseconds. */
    duration: (name: string) => (value: string) => {
      const milliseconds = parseDuration(value);
      if (milliseconds === undefined) throw bad(name, value, text.usage.notDuration);
      return milliseconds;
    },

    /** A date, a date with a time, or a duration from `now` on; gives an ISO date with milliseconds and `Z`. */
    moment: (name: string, now: () => number) => (value: string) => {
      const milliseconds = parseDuration(value);
      const moment = milliseconds === undefined ? parseDate(value) : now() + milliseconds;
      if (moment === undefined || Number.isNaN(moment)) throw bad(name, value, text.usage.notMoment);
      return new Date(moment).toISOString();
    },

    /** A date, a date with a time, or a duration before `now`; gives an ISO date with milliseconds and `Z`. */
    past: (name: string, now: () => number) => (value: string) => {
      const milliseconds = parseDuration(value);
      const moment = milliseconds === undefined ? parseDate(value) : now() - milliseconds;
      if (moment === undefined || Number.isNaN(moment)) throw bad(name, value, text.usage.notPast);
      return new Date(moment).toISOString();
    },

    oneOf:
      <const T extends string>(name: string, values: readonly T[]) =>
      (value: string): T => {
        const found = values.find((candidate) => candidate === value);
        if (found === undefined) throw bad(name, value, text.usage.notOneOf({ values }));
        return found;
      },

    /** For options that may be repeated and whose values may also be separated by commas or spaces. */
    list: (value: string, previous: readonly string[] | undefined): string[] => [
      ...(previous ?? []),
      ...value.split(/[\s,]+/).filter((part) => part !== ''),
    ],

    /** For options that may be repeated and whose values may hold anything. */
    repeated: (value: string, previous: readonly string[] | undefined): string[] => [
      ...(previous ?? []),
      value,
    ],

    accountName: (value: string) => {
      if (parseAccountName(value) === undefined) throw bad('NAME', value, text.usage.notAccountName);
      return value;
    },

    tokenId: (value: string) => {
      if (parseTokenText(value) !== undefined)
        throw new Failure({
          exit: 'usage',
          code: 'invalid_value',
          field: 'ID',
          message: text.usage.tokenTextNotId,
        });
      if (parseTokenId(value) === undefined) throw bad('ID', value, text.usage.notTokenId);
      return value;
    },

    application: (value: string, previous: readonly Application[] | undefined): Application[] => {
      const separator = value.indexOf(':');
      const platform = value.slice(0, separator);
      const bundleId = value.slice(separator + 1);
      if ((platform !== 'ios' && platform !== 'android') || bundleId === '')
        throw bad('--application', value, text.usage.notApplication);
      return [...(previous ?? []), { platform, bundleId }];
    },
  };
}

/** A mobile application as options name it: `ios:com.example.app`. */
export interface Application {
  readonly platform: 'ios' | 'android';
  readonly bundleId: string;
}

function parseDuration(value: string): number | undefined {
  const [, amount, unit] = DURATION.exec(value) ?? [];
  if (amount === undefined || unit === undefined || !(unit in MILLISECONDS)) return undefined;
  return Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
}

/** A date or time without a zone is taken as UTC, unlike `Date.parse`, which takes a time without a zone as local. */
function parseDate(value: string): number | undefined {
  if (!DATE.test(value)) return undefined;
  const zoned = !value.includes('T') || /(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`;
  const moment = Date.parse(zoned);
  // `2027-02-31` would silently become March 3rd.
  const day = value.slice(0, 10);
  const sameDay = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(sameDay.getTime()) || sameDay.toISOString().slice(0, 10) !== day ? undefined : moment;
}
