import { type ComponentProps, type ReactElement, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** The label is there for readers only, as in a row of a table. */
  readonly hasHiddenLabel?: boolean | undefined;
  /** Some of what it stands for is chosen. */
  readonly isMixed?: boolean | undefined;
}

export function Checkbox({
  label,
  hint,
  hasHiddenLabel = false,
  isMixed = false,
  className,
  ...rest
}: CheckboxProps): ReactElement {
  const id = useId();
  return (
    <div className={classes('flex items-start gap-2.5', className)}>
      <input
        {...rest}
        ref={(input) => {
          if (input !== null) input.indeterminate = isMixed;
        }}
        id={id}
        type="checkbox"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="mt-[3px] size-4 shrink-0"
      />
      <div className={hasHiddenLabel ? 'sr-only' : 'min-w-0'}>
        <label htmlFor={id} className="block">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
