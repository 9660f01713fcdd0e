import { expect, test } from 'vitest';
import type { GuessRow } from '../store/people-rows.ts';
import { judgeGuess } from './guess-limit.ts';
import { MAIL_PACE } from './mail-pace.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How many mails go out when somebody tries every minute, from `from` to `until`. */
function sentBetween(from: number, until: number, before?: GuessRow) {
  let row = before;
  let sent = 0;
  for (let at = from; at < until; at += MINUTE_MS) {
    const judged = judgeGuess(row, 'somebody', at, MAIL_PACE);
    if (!judged.allowed) continue;
    row = judged.row;
    sent += 1;
  }
  return { sent, row };
}

test('an address gets three mails at once and no more than thirty-five a day, however long somebody tries', () => {
  expect(sentBetween(0, MINUTE_MS).sent).toBe(1);
  let row: GuessRow | undefined;
  let atOnce = 0;
  for (let tries = 0; tries < 10; tries++) {
    const judged = judgeGuess(row, 'somebody', 0, MAIL_PACE);
    if (!judged.allowed) continue;
    row = judged.row;
    atOnce += 1;
  }
  expect(atOnce).toBe(3);
  const first = sentBetween(0, DAY_MS);
  expect(first.sent).toBeLessThanOrEqual(35);
  const second = sentBetween(DAY_MS, 2 * DAY_MS, first.row);
  expect(second.sent).toBeLessThanOrEqual(25);
});

test('after a quiet day an address gets three mails at once again', () => {
  const { row } = sentBetween(0, DAY_MS);
  const at = (row?.nextAt ?? 0) + DAY_MS;
  expect(judgeGuess(row, 'somebody', at - 1, MAIL_PACE)).toMatchObject({
    allowed: true,
    row: { failures: expect.toSatisfy((failures: number) => failures > 10) },
  });
  expect(judgeGuess(row, 'somebody', at, MAIL_PACE)).toMatchObject({ allowed: true, row: { failures: 1 } });
});
