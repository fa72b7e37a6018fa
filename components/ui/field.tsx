import { useId } from 'react';
import { Input, type InputProps } from './input.tsx';

interface FieldProps extends InputProps {
  label: string;
  /** What is wrong with the value; read with the field. */
  error?: string | null | undefined;
}

/** A labelled text field with its error below it. */
export function Field({ label, error, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <Input
        id={id}
        aria-invalid={error != null}
        aria-describedby={error == null ? undefined : `${id}-error`}
        {...rest}
      />
      {error != null && (
        <p id={`${id}-error`} role="alert" className="text-[13px] text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
