import type { ProblemCode } from '@latchkey/wire/native';
import type { ChangeEvent } from '../events/change-events.ts';
import { eventStream } from '../events/event-stream.ts';
import type { Caller } from '../tokens/caller.ts';
import { identityOf } from '../tokens/caller-rights.ts';
import { currentCaller } from '../tokens/check-caller.ts';
import type { AppDeps } from './app-deps.ts';
import { nativeEndpoint } from './endpoint.ts';
import { fail, stream } from './failure.ts';

const SCOPE = 'tokens:read';
const HEARTBEAT_MS = 15_000;
const STREAMS_OF_ONE = 20;
const STREAMS_OF_ALL = 2000;

/** `GET /v1/events`: an endpoint of its own, because its answer does not end. */
export function createEventsEndpoint() {
  const open = new Map<string, number>();
  let all = 0;
  return nativeEndpoint({
    method: 'get',
    path: '/v1/events',
    operationId: 'followEvents',
    summary: "Follow the changes of the caller's account",
    requires: [SCOPE],
    success: { status: 200, description: 'Server-sent events.' },
    async handle(deps, caller) {
      const who = identityOf(caller);
      const own = open.get(who) ?? 0;
      if (own >= STREAMS_OF_ONE || all >= STREAMS_OF_ALL) {
        const detail = 'Too many streams are open. Close some, or come again later.';
        return fail<ProblemCode>('rate_limited', { detail, headers: { 'retry-after': '30' } });
      }
      open.set(who, own + 1);
      all += 1;
      const pieces = eventStream({
        changes: deps.changeEvents,
        account: caller.account.name,
        isStill: () => isStill(deps, caller),
        isAbout: (event) => isAbout(event, caller),
        everyHeartbeat(beat) {
          const timer = setInterval(beat, HEARTBEAT_MS);
          timer.unref();
          return () => clearInterval(timer);
        },
        onEnd() {
          all -= 1;
          const left = (open.get(who) ?? 1) - 1;
          if (left > 0) open.set(who, left);
          else open.delete(who);
        },
      });
      return stream('text/event-stream; charset=utf-8', pieces);
    },
  });
}

async function isStill({ store, people, now }: AppDeps, caller: Caller): Promise<boolean> {
  const current = await currentCaller(store, caller, SCOPE, now());
  if (!current.ok || caller.kind === 'token') return current.ok;
  const sessions = await people.store.sessionsOf(caller.person.id, now());
  return sessions.some(({ id }) => id === caller.session);
}

function isAbout({ kind, id }: ChangeEvent, caller: Caller): boolean {
  return kind !== 'token' || (caller.kind === 'token' && id === caller.token.id);
}
