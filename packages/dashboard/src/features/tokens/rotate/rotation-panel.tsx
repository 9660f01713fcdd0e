import type { NativeToken, Rotation } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { Button, buttonClasses } from '../../../ui/button.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { ChangeTermDialog } from './change-term-dialog.tsx';
import { rotationQuery } from './queries.ts';
import { RetireDialog } from './retire-dialog.tsx';
import { RotationState } from './rotation-state.tsx';
import { StillUsed } from './still-used.tsx';
import { useTokenRotateTexts } from './texts.ts';
import { UndoDialog } from './undo-dialog.tsx';

type Asked = 'undo' | 'change' | 'retire';

/** The rotation that a token is in, from either side; nothing where it is in none. */
export function RotationPanel({
  token,
  mayWrite,
}: {
  readonly token: NativeToken;
  readonly mayWrite: boolean;
}): ReactElement | null {
  const isOld = token.retiresAt !== undefined;
  const mayBeNew = token.replaces !== undefined && token.status !== 'revoked';
  const rotation = useQuery({ ...rotationQuery(token.account, token.id), enabled: isOld || mayBeNew }).data;
  if (!rotation || rotation.retired !== undefined) return null;
  return (
    <UnderWay
      account={token.account}
      rotation={rotation}
      isOld={rotation.token === token.id}
      mayWrite={mayWrite}
    />
  );
}

interface UnderWayProps {
  readonly account: string;
  readonly rotation: Rotation;
  readonly isOld: boolean;
  readonly mayWrite: boolean;
}

function UnderWay({ account, rotation, isOld, mayWrite }: UnderWayProps): ReactElement {
  const { state: texts } = useTokenRotateTexts();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const close = () => setAsked(undefined);
  return (
    <Panel
      title={isOld ? texts.oldTitle : texts.newTitle}
      actions={
        <Link
          to="/a/$account/tokens/$token"
          params={{ account, token: isOld ? rotation.replacedBy : rotation.token }}
          className={buttonClasses({ size: 'small' })}
        >
          {isOld ? texts.openNew : texts.openOld}
        </Link>
      }
      footer={
        mayWrite && (
          <>
            <Button size="small" onClick={() => setAsked('retire')}>
              {texts.retireNow}
            </Button>
            <Button size="small" onClick={() => setAsked('change')}>
              {texts.change}
            </Button>
            <Button size="small" onClick={() => setAsked('undo')}>
              {texts.undo}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4">
        <RotationState rotation={rotation} />
        <StillUsed rotation={rotation} />
      </div>
      {asked === 'undo' && <UndoDialog account={account} rotation={rotation} onClose={close} />}
      {asked === 'change' && <ChangeTermDialog account={account} rotation={rotation} onClose={close} />}
      {asked === 'retire' && <RetireDialog account={account} rotation={rotation} onClose={close} />}
    </Panel>
  );
}
