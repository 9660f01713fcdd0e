import { DropdownMenu } from 'radix-ui';

export type MenuParts = typeof DropdownMenu;

/** What menus are made of, in a file of its own so that it is fetched apart. */
export const menuParts: MenuParts = DropdownMenu;
