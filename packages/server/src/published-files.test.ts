import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkConfig } from './config/check-config.ts';
import { configurationGuide } from './config/configuration-guide.ts';
import { nativeEndpoints, tokensApiEndpoints } from './http/endpoints.ts';
import { buildOpenApiDocument } from './http/openapi/build-document.ts';
import { PUBLISHED_FILES } from './published-files.ts';

test.each(PUBLISHED_FILES)(
  '$path is what the code makes: run `npm run generate -w @latchkey/server`',
  async ({ path, text }) => {
    expect(await readFile(path, 'utf8')).toBe(await text());
  },
);

test('every endpoint is in the OpenAPI document, with its own operation id and its refusals', () => {
  const { openapi, paths } = buildOpenApiDocument('0');
  expect(openapi).toBe('3.1.0');
  const ids = new Set<string>();
  for (const { method, path, operationId } of [...tokensApiEndpoints, ...nativeEndpoints]) {
    const operation = paths?.[path]?.[method];
    expect(operation?.operationId).toBe(operationId);
    expect(Object.keys(operation?.responses ?? {})).toContain('default');
    ids.add(operationId);
  }
  expect(ids.size).toBe(tokensApiEndpoints.length + nativeEndpoints.length);
});

test('the example of the configuration guide is a configuration', () => {
  const yaml = /```yaml\n([\s\S]*?)```/.exec(configurationGuide())?.[1] ?? '';
  expect(checkConfig({ yaml, name: 'example', environment: {} })).toMatchObject({
    ok: true,
    config: { services: [{ name: 'shop' }] },
  });
});
