import { Option } from '@commander-js/extra-typings';
import type { CreateNativeTokenBody } from '@latchkey/wire/native';
import type { Context } from '../context.ts';
import { optionValues } from '../option-values.ts';

/** What a token may do and where, as options name it. */
export interface GrantOptions {
  readonly note?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly allowUrl?: readonly string[] | undefined;
  readonly strictPaths?: boolean | undefined;
  readonly resource?: readonly string[] | undefined;
  readonly application?: CreateNativeTokenBody['allowedApplications'];
  readonly address?: readonly string[] | undefined;
  readonly expires?: string | undefined;
}

/** The options that say what a token may do and where, for `create` and `update`. */
export function grantOptions({ text, terminal }: Context) {
  const values = optionValues(text);
  const { options } = text;
  return {
    note: new Option('--note <text>', options.note),
    scopes: new Option('--scopes <scopes>', options.scopes).argParser(values.list),
    allowUrl: new Option('--allow-url <url>', options.urls).argParser(values.repeated),
    strictPaths: new Option('--strict-paths', options.strictPaths),
    noStrictPaths: new Option('--no-strict-paths', options.noStrictPaths),
    resource: new Option('--resource <path>', options.resources).argParser(values.repeated),
    application: new Option('--application <app>', options.applications).argParser(values.application),
    address: new Option('--address <range>', options.addresses).argParser(values.list),
    expires: new Option('--expires <when>', options.expires).argParser(
      values.moment('--expires', terminal.now),
    ),
  };
}

/** The options as the API names them; what was not given is left out. */
export function grantBody(options: GrantOptions) {
  const { note, scopes, allowUrl, strictPaths, resource, application, address, expires } = options;
  return {
    ...(note !== undefined && { note }),
    ...(scopes !== undefined && { scopes: [...scopes] }),
    ...(allowUrl !== undefined && { allowedUrls: [...allowUrl] }),
    ...(strictPaths !== undefined && { strictPaths }),
    ...(resource !== undefined && { resources: [...resource] }),
    ...(application !== undefined && { allowedApplications: [...application] }),
    ...(address !== undefined && { allowedAddresses: [...address] }),
    ...(expires !== undefined && { expires }),
  };
}
