import { fileURLToPath } from 'node:url';
import { rolesGuide } from './accounts/roles-guide.ts';
import { configurationGuide } from './config/configuration-guide.ts';
import { buildConfigJsonSchema } from './config/json-schema.ts';
import { buildOpenApiDocument } from './http/openapi/build-document.ts';
import { VERSION } from './version.ts';

/** Documents that are made from code and checked in beside it; a test holds them to what the code makes. */
export const PUBLISHED_FILES = [
  { path: inPackage('openapi.json'), text: () => json(buildOpenApiDocument(VERSION)) },
  { path: inPackage('latchkey.schema.json'), text: () => json(buildConfigJsonSchema()) },
  { path: inPackage('../../docs/configuration.md'), text: configurationGuide },
  { path: inPackage('../../docs/roles.md'), text: rolesGuide },
] as const;

function inPackage(name: string): string {
  return fileURLToPath(new URL(`../${name}`, import.meta.url));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
