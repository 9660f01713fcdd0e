/** Where in the configuration something stands: names and indexes from the top. */
export type ConfigPath = readonly (string | number)[];

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** `latchkey.yaml:3:5`, or the name of an environment variable. */
  readonly place: string;
  /** `server.port`; empty for the file as a whole. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

/** One line for people: place, field, problem, fix. */
export function describeProblem({ place, field, problem, fix }: ConfigProblem): string {
  return `${place}: ${field === '' ? '' : `${field}: `}${problem}. ${fix}`;
}

/** `services[0].routes[2].path` */
export function fieldText(path: ConfigPath): string {
  let field = '';
  for (const part of path) {
    if (typeof part === 'number') field += `[${part}]`;
    else field += field === '' ? part : `.${part}`;
  }
  return field;
}
