import { Component, type ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

interface FailedPageState {
  message: string | null;
}

/** Takes the place of a page that threw while drawing. React has no way but a class for this. */
export class FailedPage extends Component<{ children: ReactNode }, FailedPageState> {
  override state: FailedPageState = { message: null };

  static getDerivedStateFromError(thrown: unknown): FailedPageState {
    return { message: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <>
        <h1 className="sr-only">{document.title}</h1>
        <EmptyState
          title="This page could not be shown"
          actions={
            <Button variant="primary" onClick={() => location.reload()}>
              Reload
            </Button>
          }
        >
          Your data is not affected. If it happens again, tell us this: {this.state.message}
        </EmptyState>
      </>
    );
  }
}
