import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type ReactElement, useDeferredValue, useState } from 'react';
import { FailureState } from '../../api/failure.tsx';
import { Button } from '../../ui/button.tsx';
import { GuideLink } from '../../ui/guide-link.tsx';
import { Input } from '../../ui/input.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { CatalogueTable } from './catalogue-table.tsx';
import { type CatalogueEntry, findRoutes, findScopes, type Service } from './find-routes.ts';
import { scopesQuery, servicesQuery } from './queries.ts';
import { ServiceList } from './service-list.tsx';
import { useScopesTexts } from './texts.ts';

/** "Scopes required by each API", searchable. */
export function ScopesScreen(): ReactElement {
  const texts = useScopesTexts();
  const services = useQuery(servicesQuery);
  const scopes = useQuery(scopesQuery);
  const failed = [services, scopes].find(({ isError }) => isError);
  return (
    <Page
      title={texts.title}
      description={
        <>
          {texts.description} <GuideLink chapter="scopes" />
        </>
      }
    >
      {failed !== undefined ? (
        <FailureState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : services.data === undefined || scopes.data === undefined ? (
        <SkeletonLines lines={9} />
      ) : (
        <Searchable services={services.data.services} scopes={scopes.data.scopes} />
      )}
    </Page>
  );
}

interface SearchableProps {
  readonly services: readonly Service[];
  readonly scopes: readonly CatalogueEntry[];
}

function Searchable({ services, scopes }: SearchableProps): ReactElement {
  const texts = useScopesTexts();
  const [search, setSearch] = useState('');
  const [view, setView] = useState<'services' | 'catalogue'>('services');
  const wanted = useDeferredValue(search);
  const foundServices = findRoutes(services, wanted);
  const foundScopes = findScopes(scopes, wanted, (scope) => texts.describe(scope));
  const routeCount = foundServices.reduce((sum, { routes }) => sum + routes.length, 0);
  const nothing = (
    <EmptyState
      icon={Search}
      title={texts.nothing}
      actions={<Button onClick={() => setSearch('')}>{texts.clear}</Button>}
    >
      <p>{texts.nothingFix}</p>
    </EmptyState>
  );
  const noServices = (
    <EmptyState title={texts.noServices}>
      <p>{texts.noServicesFix}</p>
    </EmptyState>
  );
  return (
    <>
      <div className="relative max-w-[44rem]">
        <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-soft" />
        <Input
          type="search"
          aria-label={texts.search}
          placeholder={texts.searchHint}
          className="pl-9"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <Tabs
        label={texts.views}
        value={view}
        onChange={setView}
        tabs={[
          {
            value: 'services',
            label: `${texts.services} (${routeCount})`,
            content:
              services.length === 0 ? (
                noServices
              ) : routeCount === 0 ? (
                nothing
              ) : (
                <ServiceList services={foundServices} />
              ),
          },
          {
            value: 'catalogue',
            label: `${texts.catalogue} (${foundScopes.length})`,
            content:
              foundScopes.length === 0 ? (
                nothing
              ) : (
                <CatalogueTable scopes={foundScopes} services={services} />
              ),
          },
        ]}
      />
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <a className="text-accent-ink underline underline-offset-2" href="/docs/scopes#latchkey">
          {texts.ownApis}
        </a>
        <a className="text-accent-ink underline underline-offset-2" href="/docs">
          {texts.reference}
        </a>
      </p>
    </>
  );
}
