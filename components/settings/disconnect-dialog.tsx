import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { count } from '#components/ui/format.ts';

export type UnsentChoice = 'send' | 'keep' | 'discard';

interface DisconnectDialogProps {
  open: boolean;
  /** Rows with changes that the server does not have. */
  waiting: number;
  /** Changes that the server refused. */
  refused: number;
  email: string;
  signedIn: boolean;
  /** What was chosen and is being done. */
  busy: UnsentChoice | null;
  /** Why it could not be done. */
  problem: string | null;
  onClose: () => void;
  onChoose: (choice: UnsentChoice) => void;
}

/** What becomes of changes that the server does not have yet. */
export function DisconnectDialog(props: DisconnectDialogProps) {
  const { open, waiting, refused, email, busy, onClose, onChoose } = props;
  const canSend = props.signedIn && waiting > 0;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next && busy === null) onClose();
      }}
      title="Disconnect with unsent changes"
      footer={
        <>
          <Button disabled={busy !== null} variant="warning" className="sm:mr-auto" onClick={() => onChoose('discard')}>
            Discard them
          </Button>
          <Button disabled={busy !== null} variant="ghost" onClick={onClose}>
            Stay connected
          </Button>
          <Button disabled={busy !== null} variant={canSend ? 'secondary' : 'primary'} onClick={() => onChoose('keep')}>
            Keep them
          </Button>
          {canSend && (
            <Button disabled={busy !== null} focusableWhenDisabled variant="primary" onClick={() => onChoose('send')}>
              Send first
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-2">
        {waiting > 0 && <p>{count(waiting, 'change has', 'changes have')} not reached the server.</p>}
        {refused > 0 && (
          <p>{count(refused, 'change was', 'changes were')} not accepted by the server. Sending does not help these.</p>
        )}
        <p className="text-muted">
          Kept changes wait in this browser and are sent when {email} connects again. Discarded ones are gone for good.
        </p>
        <p role="status" className="text-muted empty:hidden">
          {busy === 'send' && (waiting > 0 ? `Sending ${count(waiting, 'change')}…` : 'Sending…')}
        </p>
        {props.problem !== null && (
          <p role="alert" className="text-danger">
            {props.problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
