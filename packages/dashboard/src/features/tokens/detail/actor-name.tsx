import type { AuditEntry } from '@latchkey/wire/native';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTokenPageTexts } from './texts.ts';

/** Who did it: a member by name, a token as a link where it is the account's own, or the server itself. */
export function ActorName({
  entry: { actor },
  account,
}: {
  readonly entry: Pick<AuditEntry, 'actor'>;
  readonly account: string;
}): ReactElement {
  const { actor: texts } = useTokenPageTexts();
  switch (actor.kind) {
    case 'system':
      return <>{texts.system}</>;
    case 'member':
      return <>{actor.account === account ? actor.name || texts.unknown : texts.operator}</>;
    case 'token':
      if (actor.account !== account) return <>{texts.operator}</>;
      return (
        <Link
          to="/a/$account/tokens/$token"
          params={{ account, token: actor.id }}
          className="text-accent-ink hover:underline"
        >
          {texts.token({ id: `${actor.id.slice(0, 10)}…` })}
        </Link>
      );
    default:
      return actor satisfies never;
  }
}
