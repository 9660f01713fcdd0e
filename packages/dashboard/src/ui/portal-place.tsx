import { createContext, use } from 'react';

/** Where menus and tooltips are put: inside the open dialog, because everything outside it cannot be reached. */
const PortalPlace = createContext<HTMLElement | null>(null);

export const PortalPlaceProvider = PortalPlace;

/** Undefined: the body. */
export function usePortalPlace(): HTMLElement | undefined {
  return use(PortalPlace) ?? undefined;
}
