import { expect, test } from 'vitest';
import { listen } from './listen.ts';

test('a taken port is told in one sentence that names the setting', async () => {
  const first = await listen('127.0.0.1', 0, 'MAP_PORT');
  await expect(listen('127.0.0.1', first.port, 'MAP_PORT')).rejects.toThrow(
    `Port ${first.port} of 127.0.0.1 is taken by another program: stop it, or set MAP_PORT to another port.`,
  );
  await first.close();
});

test('a request that comes before all is ready is told to come again', async () => {
  const server = await listen('127.0.0.1', 0, 'MAP_PORT');
  const early = await fetch(`http://127.0.0.1:${server.port}/`);
  expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1']);
  server.answerWith((_, response) => response.end('ready'));
  expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe('ready');
  await server.close();
});
