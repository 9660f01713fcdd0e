import { VARIABLES } from './environment.ts';
import { buildConfigJsonSchema } from './json-schema.ts';

/** A Markdown table of every setting: key, variable, default, meaning. Made from the schema that is enforced. */
export function settingsTable(): string {
  const schema = buildConfigJsonSchema();
  const rows = Object.entries(VARIABLES).map(([variable, { path, form }]) => {
    const setting = path.reduce((at: object, key) => memberOf(memberOf(at, 'properties'), key), schema);
    const note =
      form === 'list' ? ' (variable: separated by commas)' : form === 'json' ? ' (variable: JSON)' : '';
    return `| \`${path.join('.')}\` | \`${variable}\` | ${defaultOf(setting)} | ${textOf(setting, 'description')}${note} |`;
  });
  return ['| key | variable | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function memberOf(value: object, key: string | number): object {
  return Object(Reflect.get(value, key));
}

function defaultOf(setting: object): string {
  const value: unknown = Reflect.get(setting, 'default');
  if (value === undefined) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function textOf(setting: object, key: string): string {
  const value: unknown = Reflect.get(setting, key);
  return typeof value === 'string' ? value : '';
}
