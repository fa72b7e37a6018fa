import { useId, useState } from 'react';
import { errorWords } from '#components/shell/error-words.ts';
import { Button } from '#components/ui/button.tsx';
import { Input } from '#components/ui/input.tsx';

interface NameFormProps {
  /** The field's accessible name. */
  label: string;
  /** What the button does. */
  action: string;
  initial?: string;
  command: { isPending: boolean; error: unknown };
  onName: (name: string) => void;
  onCancel: () => void;
}

/** One line that asks for a name; Enter saves, Escape leaves. */
export function NameForm({ label, action, initial = '', command, onName, onCancel }: NameFormProps) {
  const [name, setName] = useState(initial);
  const id = useId();
  const wrong = command.error !== null && command.error !== undefined;
  return (
    <form
      className="flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !command.isPending) onName(name.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Escape leaves this line; it would close the dialog around it.
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      <Input
        autoFocus
        aria-label={label}
        placeholder={label}
        maxLength={200}
        autoComplete="off"
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        className="grow basis-40"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" variant="primary" disabled={name.trim() === '' || command.isPending}>
        {action}
      </Button>
      <Button onClick={onCancel}>Back</Button>
      {wrong && (
        <p id={id} role="alert" className="w-full text-[13px] text-danger">
          {errorWords(command.error)}
        </p>
      )}
    </form>
  );
}
