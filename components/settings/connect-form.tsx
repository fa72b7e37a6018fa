import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { command } from '#components/shell/command.ts';
import { lookAtConnection } from '#components/shell/follow-connection.ts';
import { Button } from '#components/ui/button.tsx';
import type { AppError } from '#lib/shared/app-error.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import { Field } from '#components/ui/field.tsx';

interface ConnectFormProps {
  /** What was connected last, so that signing in again needs the password alone. */
  initial: { server: string; email: string };
}

/** Which field an error is about; the others are shown above the button. */
const addressCodes = new Set(['invalid_address', 'unreachable', 'timeout', 'invalid_answer']);

export function ConnectForm({ initial }: ConnectFormProps) {
  const [server, setServer] = useState(initial.server);
  const [email, setEmail] = useState(initial.email);
  const [password, setPassword] = useState('');
  const connect = useMutation({
    mutationFn: () => command('connection.connect', { server: server.trim(), email: email.trim(), password }),
    onSuccess: () => {
      lookAtConnection();
      // Asked for where it can be: workers have no such call. A browser that declines may drop data when its disk is full.
      void navigator.storage.persist();
    },
  });
  const error = connect.error === null ? null : toAppError(connect.error);
  const place = error === null ? null : placeOf(error);
  return (
    <form
      noValidate
      className="grid gap-4"
      aria-busy={connect.isPending}
      onSubmit={(event) => {
        event.preventDefault();
        if (!connect.isPending) connect.mutate();
      }}
    >
      <Field
        label="Server address"
        type="url"
        inputMode="url"
        autoComplete="url"
        spellCheck={false}
        placeholder="https://sellerdex.example.com"
        value={server}
        error={place === 'address' ? error?.message : null}
        onChange={(event) => setServer(event.currentTarget.value)}
      />
      <Field
        label="Email"
        type="email"
        autoComplete="username"
        spellCheck={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <Field
        label="Password"
        type="password"
        role="textbox"
        autoComplete="current-password"
        value={password}
        error={place === 'password' ? error?.message : null}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {place === 'form' && (
        <p role="alert" className="text-danger">
          {error?.message}
        </p>
      )}
      <div className="flex items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          disabled={connect.isPending || server.trim() === '' || email.trim() === '' || password === ''}
          focusableWhenDisabled
        >
          {connect.isPending ? 'Connecting…' : 'Connect'}
        </Button>
        <span aria-live="polite" className="text-[13px] text-muted">
          {connect.isPending ? 'Asking the server and opening the local data.' : ''}
        </span>
      </div>
    </form>
  );
}

function placeOf({ code }: AppError): 'address' | 'password' | 'form' {
  if (addressCodes.has(code)) return 'address';
  return code === 'wrong_credentials' ? 'password' : 'form';
}
