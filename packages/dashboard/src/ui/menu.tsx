import { Check } from 'lucide-react';
import {
  type ComponentProps,
  cloneElement,
  createContext,
  type ReactElement,
  type ReactNode,
  use,
  useState,
} from 'react';
import type { MenuParts } from './menu-parts.ts';
import { usePortalPlace } from './portal-place.tsx';

// What a menu is made of is a seventh of the first load, and no page opens with a menu open.
const loadParts = async (): Promise<MenuParts> => (await import('./menu-parts.ts')).menuParts;

const PartsContext = createContext<MenuParts | undefined>(undefined);

function useParts(): MenuParts {
  const parts = use(PartsContext);
  if (parts === undefined) throw new TypeError('no Menu above');
  return parts;
}

const ITEM =
  'flex h-8 cursor-pointer items-center gap-2.5 rounded-sm px-2 text-ink no-underline outline-none select-none data-[disabled]:opacity-55 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-soft';

export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<ComponentProps<'button'>>;
  readonly children: ReactNode;
  readonly align?: 'start' | 'end' | undefined;
  readonly side?: 'top' | 'bottom' | undefined;
}

/** A button that opens a menu. The menu itself is fetched when the pointer or the focus comes near. */
export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps): ReactElement {
  const place = usePortalPlace();
  const [parts, setParts] = useState<MenuParts | undefined>(undefined);
  if (parts === undefined) {
    const fetchAhead = () => void loadParts().catch(() => undefined);
    const open = () => void loadParts().then((loaded) => setParts(() => loaded));
    return cloneElement(trigger, {
      'aria-haspopup': 'menu',
      'aria-expanded': false,
      onPointerEnter: fetchAhead,
      onFocus: fetchAhead,
      onClick: open,
      onKeyDown(event) {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        open();
      },
    });
  }
  const { Root, Trigger, Portal, Content } = parts;
  return (
    <PartsContext value={parts}>
      <Root modal={false} defaultOpen>
        <Trigger asChild>{trigger}</Trigger>
        <Portal {...(place && { container: place })}>
          <Content
            align={align}
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-40 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float"
          >
            {children}
          </Content>
        </Portal>
      </Root>
    </PartsContext>
  );
}

export interface MenuItemProps {
  readonly onSelect?: (() => void) | undefined;
  /** The child is an element of its own, such as a link. */
  readonly asChild?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly children: ReactNode;
}

export function MenuItem({
  onSelect,
  asChild = false,
  isDisabled = false,
  children,
}: MenuItemProps): ReactElement {
  const { Item } = useParts();
  return (
    <Item className={ITEM} asChild={asChild} disabled={isDisabled} onSelect={() => onSelect?.()}>
      {children}
    </Item>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }): ReactElement {
  const { Label } = useParts();
  return <Label className="px-2 pt-1.5 pb-1 text-xs text-faint">{children}</Label>;
}

export function MenuSeparator(): ReactElement {
  const { Separator } = useParts();
  return <Separator className="my-1 h-px bg-line" />;
}

export interface MenuChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: ReactNode }[];
  readonly onChoose: (value: Value) => void;
}

/** One of several, with a tick at the one in force. */
export function MenuChoice<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: MenuChoiceProps<Value>): ReactElement {
  const { RadioGroup, RadioItem, ItemIndicator } = useParts();
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(chosen) => {
        const option = options.find((each) => each.value === chosen);
        if (option !== undefined) onChoose(option.value);
      }}
    >
      {options.map((option) => (
        <RadioItem key={option.value} value={option.value} className={ITEM}>
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <ItemIndicator>
            <Check aria-hidden />
          </ItemIndicator>
        </RadioItem>
      ))}
    </RadioGroup>
  );
}
