import { expect, test } from 'vitest';
import { countUses, findRoutes, findScopes, type Service } from './find-routes.ts';

const services: readonly Service[] = [
  {
    name: 'styles',
    title: 'Styles',
    description: 'How a map looks.',
    routes: [
      {
        methods: ['GET'],
        path: '/styles/v1/{account}',
        scopes: ['styles:list'],
        description: 'Lists styles.',
      },
      {
        methods: ['GET'],
        path: '/styles/v1/{account}/{style}',
        scopes: ['styles:read'],
        description: 'Reads one.',
      },
    ],
  },
  {
    name: 'uploads',
    title: 'Uploads',
    description: 'Files.',
    routes: [
      {
        methods: ['POST'],
        path: '/uploads/v1/{account}',
        scopes: ['uploads:write'],
        description: 'Uploads a file.',
      },
    ],
  },
];
const paths = (search: string) =>
  findRoutes(services, search).flatMap(({ routes }) => routes.map(({ path }) => path));

test('words find routes by scope, path, description and service, all of them together', () => {
  expect(paths('styles:read')).toEqual(['/styles/v1/{account}/{style}']);
  expect(paths('MAP list')).toEqual(['/styles/v1/{account}']);
  expect(paths('uploads styles')).toEqual([]);
  expect(paths('')).toHaveLength(3);
});

test('a path or a whole address finds the route that such a request goes to', () => {
  expect(paths('/styles/v1/acme/light')).toEqual(['/styles/v1/{account}/{style}']);
  expect(paths('https://api.example/uploads/v1/acme?name=x')).toEqual(['/uploads/v1/{account}']);
  expect(paths('/nowhere')).toEqual([]);
});

test('scopes are found by name and by what they are said to allow', () => {
  const scopes = [
    { id: 'styles:read', public: true, operatorOnly: false, description: 'Read styles.' },
    { id: 'fonts:read', public: true, operatorOnly: false, description: 'Read fonts.' },
  ];
  expect(findScopes(scopes, 'font', ({ description }) => description).map(({ id }) => id)).toEqual([
    'fonts:read',
  ]);
  expect(findScopes(scopes, '字体', ({ id }) => (id === 'fonts:read' ? '读取字体' : ''))).toHaveLength(1);
  expect(countUses(services)).toEqual(
    new Map([
      ['styles:list', 1],
      ['styles:read', 1],
      ['uploads:write', 1],
    ]),
  );
});
