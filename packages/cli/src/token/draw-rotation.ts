import type { Messages } from '@latchkey/wire/messages';
import type { Rotation, RotationWait } from '@latchkey/wire/native';
import { showMoment } from '../terminal/moment.ts';
import type { Paint } from '../terminal/paint.ts';
import { drawFields, drawTable } from '../terminal/table.ts';

/** Everything about one rotation, for people. */
export function drawRotation(rotation: Rotation, text: Messages, paint: Paint): string {
  const words = text.rotation;
  const { token, replacedBy, started, retiresAt, retired, untilQuiet, waitsFor, lastUsed, usedBy } = rotation;
  const time = retiresAt === undefined ? undefined : showMoment(retiresAt);
  const fields = drawFields(
    [
      [words.old, token],
      [words.successor, replacedBy],
      [words.started, showMoment(started)],
      [words.retiresAt, untilQuiet === undefined ? time : undefined],
      [
        words.untilQuiet,
        untilQuiet === undefined || time === undefined
          ? undefined
          : words.untilQuietFor({ duration: untilQuiet, time }),
      ],
      [words.retired, retired && showMoment(retired)],
      [words.waitsFor, waitsFor && text.common.list(waitsFor.map((wait) => describeWait(wait, text)))],
      [words.lastUsed, usedBy && (lastUsed === undefined ? words.lastUsedNever : showMoment(lastUsed))],
    ],
    paint,
  );
  if (usedBy === undefined) return fields;
  if (usedBy.length === 0) return `${fields}\n${words.usedByNobody}\n`;
  const headings = [words.origin, words.client, words.address, words.service, words.lastSeen];
  const rows = usedBy.map(({ origin = '', client = '', address = '', service, lastUsed: last }) => [
    origin,
    client,
    address,
    service,
    showMoment(last),
  ]);
  return `${fields}\n${words.usedByTitle}\n${drawTable(headings, rows, paint)}`;
}

function describeWait(wait: RotationWait, { rotation }: Messages): string {
  switch (wait.kind) {
    case 'use':
      return rotation.waitsForUse({ time: showMoment(wait.lastUsed) });
    case 'verifiers':
      return rotation.waitsForVerifiers({ count: wait.count, time: showMoment(wait.decideUntil) });
    default:
      return rotation.waitsForExpired;
  }
}
