import type { DescribedRequest } from '@latchkey/wire/curl';
import type { Explanation, NativeToken } from '@latchkey/wire/native';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useMemo } from 'react';
import { buttonClasses } from '../../../ui/button.tsx';
import { additionSearch } from '../edit/edit-search.ts';
import { scopesQuery } from '../form/queries.ts';
import { type GrantAddition, smallestFix } from './smallest-fix.ts';
import { useExplainTexts } from './texts.ts';

export interface FixActionProps {
  readonly account: string;
  readonly explanation: Explanation;
  readonly token: NativeToken | undefined;
  readonly request: DescribedRequest | undefined;
  readonly address: string | undefined;
}

/** A link to where the smallest fix is one click away; nothing where a member cannot help. */
export function FixAction({
  account,
  explanation,
  token,
  request,
  address,
}: FixActionProps): ReactElement | null {
  const texts = useExplainTexts();
  const catalogue = useQuery(scopesQuery).data;
  const fix = useMemo(() => {
    const publicScopes = new Set(
      (catalogue?.scopes ?? []).filter((scope) => scope.public).map(({ id }) => id),
    );
    return smallestFix(explanation, { request, address, publicScopes, scopes: token?.scopes });
  }, [explanation, request, address, catalogue, token]);
  // Without the catalogue nobody knows whether a scope may stand on a public token.
  if (fix === null || catalogue === undefined || token === undefined) return null;
  const look = buttonClasses({ kind: 'primary' }, 'self-start');
  switch (fix.kind) {
    case 'edit':
      return (
        <div className="flex flex-col gap-2">
          <Link
            to="/a/$account/tokens/$token/edit"
            params={{ account, token: fix.token }}
            search={additionSearch(fix.add)}
            className={look}
          >
            {actionText(fix.add, texts.fixAction)}
          </Link>
          <p className="text-sm text-soft">
            {fix.add.allowedUrls !== undefined && `${texts.onlyYours} `}
            {texts.reviewFirst}
          </p>
        </div>
      );
    case 'rotate':
      return (
        <Link to="/a/$account/tokens/$token/rotate" params={{ account, token: fix.token }} className={look}>
          {texts.fixAction.rotate}
        </Link>
      );
    case 'create':
      return (
        <Link to="/a/$account/tokens/new" params={{ account }} className={look}>
          {texts.fixAction.create}
        </Link>
      );
    default:
      return fix satisfies never;
  }
}

function actionText(add: GrantAddition, texts: ReturnType<typeof useExplainTexts>['fixAction']): string {
  const [url] = add.allowedUrls ?? [];
  const [path] = add.resources ?? [];
  const [address] = add.allowedAddresses ?? [];
  const [application] = add.allowedApplications ?? [];
  if (add.scopes !== undefined) return texts.scopes({ scopes: add.scopes.join(', ') });
  if (url !== undefined) return texts.allowedUrls({ url });
  if (path !== undefined) return texts.resources({ path });
  if (address !== undefined) return texts.allowedAddresses({ address });
  if (application !== undefined) return texts.allowedApplications({ bundleId: application.bundleId });
  return add.laxPaths === true ? texts.laxPaths : texts.edit;
}
