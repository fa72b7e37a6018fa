import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { count } from '#components/ui/format.ts';

interface DisconnectDialogProps {
  open: boolean;
  unsent: number;
  email: string;
  onClose: () => void;
  onChoose: (unsent: 'keep' | 'discard') => void;
}

/** What becomes of changes that the server does not have yet. */
export function DisconnectDialog({ open, unsent, email, onClose, onChoose }: DisconnectDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      title="Disconnect with unsent changes"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Stay connected
          </Button>
          <Button className="border-danger/50 text-danger" onClick={() => onChoose('discard')}>
            Discard them
          </Button>
          <Button variant="primary" onClick={() => onChoose('keep')}>
            Keep them
          </Button>
        </>
      }
    >
      <p>
        {count(unsent, 'change has', 'changes have')} not reached the server. Kept changes wait in this browser and are
        sent when {email} connects again.
      </p>
    </Dialog>
  );
}
