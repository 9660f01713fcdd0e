import { setImmediate } from 'node:timers/promises';
import type { SnapshotEnd } from '@latchkey/wire/feed';
import type { Clock } from '../clock.ts';
import type { Stage } from '../replica/stage.ts';
import { abortedBy } from './aborted-by.ts';
import type { FailedCall } from './failed-call.ts';
import { describeError, failedAnswer, failedCall } from './failed-call.ts';
import { readPieces } from './read-body.ts';
import { createSnapshotReader } from './read-snapshot.ts';
import type { Rejections } from './rejections.ts';
import { startWatchdog } from './watchdog.ts';

/** No byte for so long: the server is gone. */
const SILENCE_PERIODS = 30;

/** Fetches a snapshot into `stage`. Never rejects. */
export async function fetchSnapshot(
  call: (signal: AbortSignal) => Promise<Response>,
  stage: Stage,
  deps: { readonly clock: Clock; readonly rejections: Rejections; readonly signal: AbortSignal },
): Promise<{ readonly ok: true; readonly end: SnapshotEnd } | FailedCall> {
  const over = abortedBy(deps.signal);
  const watchdog = startWatchdog(deps.clock, {
    periodMs: 1000,
    periods: SILENCE_PERIODS,
    onSilence: () => over.abort(new Error('the snapshot stopped coming')),
  });
  try {
    const response = await call(over.signal);
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      return failedAnswer('the snapshot', response, deps.clock.wall());
    }
    const reader = createSnapshotReader(stage, deps.rejections);
    for await (const chunk of readPieces(response.body, over.signal)) {
      watchdog.feed();
      reader.push(chunk);
      // Chunks that wait already would be read without a pause.
      await setImmediate();
    }
    const finished = reader.finish();
    return finished.ok ? finished : failedCall(finished.why);
  } catch (error) {
    return failedCall(`the snapshot failed: ${describeError(error)}`);
  } finally {
    watchdog.stop();
    over.abort();
  }
}
