import { Option } from '@commander-js/extra-typings';
import type { Client } from '@latchkey/wire/client';
import {
  type CurlProblem,
  type DescribedRequest,
  describeRequest,
  readCurlCommand,
  readHeader,
} from '@latchkey/wire/curl';
import type { Explanation } from '@latchkey/wire/native';
import { connect } from '../connection/connect.ts';
import { answer, type Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examplesText, localisedCommand } from '../help.ts';
import { optionValues } from '../option-values.ts';
import { SILENT } from '../silent.ts';
import { readTokenText } from '../token/given-token-text.ts';
import { drawExplanation } from './draw-explanation.ts';

interface RequestOptions {
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly url?: string | undefined;
  readonly header?: readonly string[] | undefined;
  readonly curl?: string | undefined;
  readonly query?: true | undefined;
}

/** `latchkey explain`: the server's explanation of a described request; exit code 7 where it would be refused. */
export function explainCommand(context: Context) {
  const { text, terminal } = context;
  const { options, help } = text;
  const values = optionValues(text);
  return localisedCommand('explain', terminal, text)
    .description(help.explain)
    .argument('[token]', options.explainToken)
    .addOption(
      new Option('--token-id <id>', options.explainId).argParser(values.tokenId).conflicts(['file', 'env']),
    )
    .addOption(
      new Option('--request-id <id>', options.explainRequestId).conflicts([
        'tokenId',
        'file',
        'env',
        'path',
        'url',
        'curl',
        'method',
        'header',
        'address',
        'query',
        'needs',
      ]),
    )
    .option('--file <file>', options.fromFile)
    .option('--env <name>', options.fromEnvironment)
    .addOption(new Option('--path <path>', options.path).conflicts(['url', 'curl']))
    .addOption(new Option('--url <url>', options.url).conflicts('curl'))
    .option('--method <method>', options.method)
    .option('--header <header>', options.header, values.repeated)
    .option('--address <ip>', options.address)
    .option('--query', options.query)
    .option('--needs <scopes>', options.needs, values.list)
    .option('--curl <command>', options.curl)
    .addHelpText(
      'after',
      examplesText(text, [
        [
          'latchkey explain --token-id cmabcdefghijklmnopqrstuvw --path /styles/v1/acme/streets --header "Origin: https://shop.example"',
          help.explainById,
        ],
        [
          'latchkey explain --curl "curl \'https://api.example.com/styles/v1/acme?access_token=pk.…\'"',
          help.explainCurl,
        ],
        ['latchkey explain --file deploy.token --method POST --path /uploads/v1/acme', help.explainPipe],
        ['latchkey explain --request-id 0d5f6c1e-3f6a-4c43-9d1e-6f1c2a7b8e90', help.explainRefusal],
      ]),
    )
    .action(async (argument, given) => {
      if (given.requestId !== undefined) {
        const { requestId } = given;
        await show(({ native }) => native.explain({ requestId }));
        return;
      }
      const request = await describe(given);
      const named = given.tokenId ?? (await tokenTextFrom(argument, given.file, given.env)) ?? request.token;
      if (named === undefined)
        throw new Failure({
          exit: 'usage',
          code: 'no_token_text',
          field: 'TOKEN',
          message: text.explain.noToken,
        });
      const { method, url, headers, transport } = request;
      await show(({ native }) =>
        native.explain({
          token: named,
          request: {
            method,
            url,
            headers: { ...headers },
            transport,
            ...(given.address !== undefined && { address: given.address }),
          },
          ...(given.needs !== undefined && { scopes: given.needs }),
        }),
      );
    });

  async function show(get: (client: Client) => Promise<Explanation>): Promise<void> {
    const { ask } = await connect(context, 'token');
    const explanation = await ask(get);
    answer(context, explanation, (paint) => drawExplanation(explanation, text, paint));
    if (!explanation.allowed) throw new Failure({ exit: 'negative', code: SILENT, message: '' });
  }

  /** Standard input is read for `-` only: without a token's text this command may well have an id. */
  function tokenTextFrom(
    argument: string | undefined,
    file: string | undefined,
    variable: string | undefined,
  ) {
    const isGiven = argument !== undefined || file !== undefined || variable !== undefined;
    return isGiven ? readTokenText(context, { argument, file, variable }) : Promise.resolve(undefined);
  }

  async function describe(given: RequestOptions): Promise<DescribedRequest> {
    const base = given.curl === undefined ? describeOptions(given) : await describeCurl(given.curl);
    const headers = { ...base.headers };
    for (const line of given.header ?? []) {
      const header = readHeader(line);
      if (header === undefined) throw values.bad('--header', line, text.usage.notHeader);
      headers[header[0]] = header[1];
    }
    const request = describeRequest({ method: given.method ?? base.method, url: base.url, headers });
    const token = request.token ?? base.token;
    const transport =
      given.query || (request.token === undefined && base.transport === 'query')
        ? 'query'
        : request.transport;
    return { ...request, method: request.method.toUpperCase(), token, transport };
  }

  function describeOptions({ path, url }: RequestOptions): DescribedRequest {
    const address = path ?? url;
    if (address === undefined)
      throw new Failure({
        exit: 'usage',
        code: 'no_request',
        field: '--path',
        message: text.explain.noRequest,
      });
    return describeRequest({ method: 'GET', url: address, headers: {} });
  }

  async function describeCurl(given: string): Promise<DescribedRequest> {
    const command = given === '-' ? ((await terminal.readInput()) ?? '') : given;
    const request = readCurlCommand(command);
    if (typeof request === 'object') return request;
    const problems = {
      not_curl: text.explain.curlNotCurl,
      no_url: text.explain.curlNoUrl,
      unclosed_quote: text.explain.curlUnclosed,
    } satisfies Record<CurlProblem, string>;
    // The command may hold a token, so that it is not repeated whole.
    throw values.bad('--curl', `${command.slice(0, 20)}…`, problems[request]);
  }
}
