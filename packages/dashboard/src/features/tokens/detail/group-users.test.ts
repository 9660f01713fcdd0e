import { expect, test } from 'vitest';
import { groupUsers } from './group-users.ts';

const use = {
  kind: 'allowed',
  service: 'styles',
  origin: '',
  client: 'curl',
  address: '',
  count: 1,
  at: '2026-11-24T10:00:00Z',
} as const;

test('uses of one page are one line with what was allowed and refused, the most used first', () => {
  const users = groupUsers([
    use,
    { ...use, origin: 'shop.example', client: 'Chrome', count: 5 },
    {
      ...use,
      origin: 'shop.example',
      client: 'Firefox',
      service: 'tiles',
      kind: 'refused',
      count: 2,
      at: '2026-11-24T11:00:00Z',
    },
  ]);
  expect(users).toEqual([
    {
      origin: 'shop.example',
      client: 'Chrome, Firefox',
      services: ['styles', 'tiles'],
      allowed: 5,
      refused: 2,
      last: '2026-11-24T11:00:00Z',
    },
    {
      origin: '',
      client: 'curl',
      services: ['styles'],
      allowed: 1,
      refused: 0,
      last: '2026-11-24T10:00:00Z',
    },
  ]);
});

test('programs that name no page are told apart by what they are', () => {
  expect(groupUsers([use, { ...use, client: 'Python' }]).map(({ client }) => client)).toEqual([
    'curl',
    'Python',
  ]);
});
