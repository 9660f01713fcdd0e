import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchRouteTable } from './fetch-route-table.ts';

const ROUTE = { methods: ['GET'], path: '/maps/{id}', scopes: ['maps:read'], description: 'Reads a map.' };
const SERVICE = { name: 'maps', title: 'Maps', description: '', routes: [ROUTE] };

let answer: { status: number; body: string };
let url = '';
const server = createServer((request, response) => {
  const isKnown = request.url === '/base/v1/services';
  response.writeHead(isKnown ? answer.status : 404).end(answer.body);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base/`;
});
afterAll(() => {
  server.close();
});

test('the table of the server is ready to be asked', async () => {
  answer = { status: 200, body: JSON.stringify({ services: [SERVICE], later: true }) };
  const table = await fetchRouteTable(url);
  expect(table.match('GET', '/maps/1')?.scopes).toEqual(['maps:read']);
  expect(table.match('GET', '/other')).toBeUndefined();
});

test.each([
  ['no JSON', 200, '<html>', /\/base\/v1\/services cannot be read$/],
  ['a failure', 503, '{}', /\/base\/v1\/services answers 503$/],
  ['no list', 200, '{}', /cannot be read: services is no list$/],
  ['null', 200, 'null', /cannot be read: services is no list$/],
  [
    'a scope that is none',
    200,
    JSON.stringify({ services: [{ ...SERVICE, routes: [{ ...ROUTE, scopes: ['*'] }] }] }),
    /cannot be read: "\*" is no scope$/,
  ],
  [
    'a route that no table can hold',
    200,
    JSON.stringify({ services: [{ ...SERVICE, routes: [{ ...ROUTE, path: 'maps' }] }] }),
    /cannot be read: services\.0\.routes\.0\.path: "maps" does not begin with a slash$/,
  ],
  [
    'a field of another type',
    200,
    JSON.stringify({ services: [{ ...SERVICE, title: 1 }] }),
    /cannot be read: title is no text$/,
  ],
])('%s is told in one sentence', async (_, status, body, sentence) => {
  answer = { status, body };
  await expect(fetchRouteTable(url)).rejects.toThrow(sentence);
});

test('a server that is not there is told in one sentence', async () => {
  await expect(fetchRouteTable('http://127.0.0.1:1')).rejects.toThrow(
    'http://127.0.0.1:1/v1/services cannot be read',
  );
});
