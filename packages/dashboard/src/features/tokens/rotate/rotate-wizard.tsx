import type { NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactElement, type ReactNode, useCallback, useState } from 'react';
import { FailureCallout, FailureState } from '../../../api/failure.tsx';
import { submissionKeys } from '../../../api/submission-keys.ts';
import { StepUpDeclined } from '../../../session/step-up.tsx';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/callout.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonLines } from '../../../ui/skeleton.tsx';
import { ShownOnce } from '../create/shown-once.tsx';
import { groupUsers } from '../detail/group-users.ts';
import { usersQuery } from '../detail/queries.ts';
import { UsersTable } from '../detail/users-table.tsx';
import { useRotateToken } from './queries.ts';
import { TermPicker } from './term-picker.tsx';
import { type RotationTerm, termBody } from './terms.ts';
import { useTokenRotateTexts } from './texts.ts';

export interface RotateWizardProps {
  readonly token: NativeToken;
  /** The successor, for as long as it is shown: its text is in this state alone. */
  readonly made: NativeToken | undefined;
  readonly onMade: (successor: NativeToken | undefined) => void;
}

/** Who uses the token, when it is to end, and the button that makes its successor. */
export function RotateWizard({ token, made, onMade }: RotateWizardProps): ReactElement {
  const texts = useTokenRotateTexts();
  const { account, id } = token;
  const [term, setTerm] = useState<RotationTerm>({ kind: 'grace', duration: '7d' });
  const [keys] = useState(() => submissionKeys());
  const navigate = useNavigate();
  const rotate = useRotateToken(account, id, onMade);
  const isAtOnce = term.kind === 'grace' && term.duration === '0s';
  const forget = useCallback(() => {
    onMade(undefined);
    // The old token's page shows how far it is; going back does not lead to a form that was sent.
    void navigate({ to: '/a/$account/tokens/$token', params: { account, token: id }, replace: true });
  }, [navigate, onMade, account, id]);
  const begin = () => {
    const body = termBody(term);
    rotate.mutate({ term: body, key: keys.keyFor({ id, ...body }) });
  };
  return (
    <>
      <Step number={1} title={texts.step.look} isFlush>
        <UsedBy account={account} token={id} />
      </Step>
      <Step number={2} title={texts.step.term}>
        <TermPicker term={term} onChange={setTerm} />
      </Step>
      <Panel>
        <div className="flex flex-col gap-4">
          {isAtOnce && <Callout kind="warning">{texts.confirmNow}</Callout>}
          {!(rotate.error instanceof StepUpDeclined) && <FailureCallout error={rotate.error} />}
          <div className="flex flex-wrap justify-end gap-2">
            <Link
              to="/a/$account/tokens/$token"
              params={{ account, token: id }}
              className={buttonClasses({})}
            >
              {texts.cancel}
            </Link>
            <Button kind={isAtOnce ? 'danger' : 'primary'} isBusy={rotate.isPending} onClick={begin}>
              {isAtOnce ? texts.beginNow : texts.begin}
            </Button>
          </div>
        </div>
      </Panel>
      {made !== undefined &&
        (hasText(made) ? <ShownOnce token={made} onDone={forget} /> : <Forget onShown={forget} />)}
    </>
  );
}

/** The answer to a repeated call tells no text: the page of the old token says that it is being replaced. */
function Forget({ onShown }: { readonly onShown: () => void }): ReactElement {
  const texts = useTokenRotateTexts();
  return (
    <Callout kind="warning" isAnnounced>
      <p>{texts.textLost}</p>
      <Button size="small" onClick={onShown} className="self-start">
        {texts.state.manage}
      </Button>
    </Callout>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

function Step({ number, title, isFlush = false, children }: StepProps): ReactElement {
  return (
    <Panel
      isFlush={isFlush}
      title={
        <span className="flex items-center gap-2.5">
          <span
            aria-hidden
            className="flex size-5 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink"
          >
            {number}
          </span>
          {title}
        </span>
      }
    >
      {children}
    </Panel>
  );
}

const SHOWN = 12;

function UsedBy({ account, token }: { readonly account: string; readonly token: string }): ReactElement {
  const texts = useTokenRotateTexts();
  const users = useQuery(usersQuery(account, token));
  const inset = 'px-4 pb-5 sm:px-5';
  if (users.isPending) {
    return (
      <div className={inset}>
        <SkeletonLines lines={3} />
      </div>
    );
  }
  if (users.isError) return <FailureState error={users.error} onRetry={() => void users.refetch()} />;
  const groups = groupUsers(users.data.users).filter(({ allowed }) => allowed > 0);
  if (groups.length === 0) return <p className={`${inset} text-soft`}>{texts.usedByNobody}</p>;
  return (
    <>
      <p className="px-4 pb-3 text-soft sm:px-5">{texts.usedBy}</p>
      <UsersTable users={groups.slice(0, SHOWN)} />
    </>
  );
}

function hasText(token: NativeToken): token is NativeToken & { readonly token: string } {
  return token.token !== undefined;
}
